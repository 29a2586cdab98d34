//! Reads a package into a [`Tree`], file by file from `lib.rs` and `main.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use syn::spanned::Spanned;
use syn::{Item, ItemMod};

use super::attributes::{for_tests, has, path};
use super::tree::{Binding, Borrowed, Module, Names, SourceFile, Tree, room_of};
use super::uses::{Import, of_extern_crate, of_use, plain};

pub fn load(package: &Path) -> Tree {
    let mut loader = Loader { package, tree: Tree::default(), seen: BTreeSet::new() };
    loader.manifest();
    for root in ["lib", "main"] {
        let file = package.join("src").join(format!("{root}.rs"));
        if file.is_file() {
            let module = loader.module(root.to_owned(), None);
            if root == "lib" {
                loader.tree.library = Some(module);
            }
            loader.open(&file, &package.join("src"), module, false);
        }
    }
    for file in rust_files(&package.join("src")) {
        if !loader.seen.contains(&file) {
            let file = loader.relative(&file);
            loader.tree.faults.push(format!(
                "{file}:1: no `mod` of lib.rs or main.rs leads to this file. Declare it where its module belongs, or delete it."
            ));
        }
    }
    loader.tree
}

/// The source files below `folder`, in order.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

struct Loader<'a> {
    package: &'a Path,
    tree: Tree,
    seen: BTreeSet<PathBuf>,
}

impl Loader<'_> {
    fn relative(&self, file: &Path) -> String {
        file.strip_prefix(self.package).unwrap_or(file).display().to_string()
    }

    /// The name of the package, and the dependencies that it calls by another name.
    fn manifest(&mut self) {
        let text = fs::read_to_string(self.package.join("Cargo.toml")).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        if let Some(name) = manifest["package"].get("name").and_then(|name| name.as_str()) {
            self.tree.own_names.push(name.replace('-', "_"));
        }
        for kind in ["dependencies", "dev-dependencies"] {
            let Some(table) = manifest.get(kind).and_then(|table| table.as_table()) else { continue };
            for (name, value) in table {
                let shared = manifest.get("workspace").and_then(|all| all.get("dependencies")?.get(name));
                let package = [Some(value), shared]
                    .into_iter()
                    .flatten()
                    .find_map(|value| value.get("package")?.as_str());
                let package = package.unwrap_or(name);
                self.tree.dependencies.insert(name.replace('-', "_"), package.replace('-', "_"));
            }
        }
    }

    fn module(&mut self, path: String, parent: Option<usize>) -> usize {
        let id = self.tree.modules.len();
        let root = parent.map_or(id, |parent| self.tree.modules[parent].root);
        self.tree.modules.push(Module { path, parent, root, names: Names::default() });
        id
    }

    fn child(&mut self, parent: usize, name: &str) -> usize {
        let above = &self.tree.modules[parent];
        let path = if above.path == "lib" { name.to_owned() } else { format!("{}::{name}", above.path) };
        let child = self.module(path, Some(parent));
        self.tree.modules[parent].names.bind(name.to_owned(), Binding::Module(child));
        child
    }

    /// Parses `file`, whose child modules are in `folder`.
    fn open(&mut self, file: &Path, folder: &Path, module: usize, test: bool) {
        self.seen.insert(file.to_owned());
        let text = fs::read_to_string(file).unwrap();
        let path = self.relative(file);
        match syn::parse_file(&text) {
            Ok(syntax) => {
                let test = test || for_tests(&syntax.attrs);
                let beside = file.parent().unwrap_or(folder).to_owned();
                self.items(&syntax.items, Spot { module, file, folder, beside: &beside, test });
                self.tree.files.push(SourceFile { path, syntax, module, test, lines: text.lines().count() });
            }
            Err(error) => {
                let line = error.span().start().line;
                self.tree.faults.push(format!("{path}:{line}: this file cannot be parsed: {error}."));
            }
        }
    }

    fn items(&mut self, items: &[Item], spot: Spot<'_>) {
        for item in items {
            match item {
                Item::Mod(item) => self.submodule(item, spot),
                Item::Macro(item) => {
                    let Some(name) = &item.ident else { continue };
                    self.tree.modules[spot.module].names.bind(plain(name), Binding::Item);
                    if has(&item.attrs, "macro_export") {
                        let root = self.tree.modules[spot.module].root;
                        self.tree.modules[root].names.bind(plain(name), Binding::Exported(spot.module));
                    }
                }
                Item::ExternCrate(item) if self.tree.modules[spot.module].parent.is_none() => {
                    if item.ident == "self"
                        && let Some((_, name)) = &item.rename
                    {
                        self.tree.own_names.push(plain(name));
                    } else if let Some((_, name)) = &item.rename {
                        self.tree.dependencies.insert(plain(name), plain(&item.ident));
                    }
                }
                item => bind(&mut self.tree.modules[spot.module].names, item),
            }
        }
    }

    fn submodule(&mut self, item: &ItemMod, spot: Spot<'_>) {
        let name = plain(&item.ident);
        let line = item.mod_token.span().start().line;
        let test = spot.test || for_tests(&item.attrs);
        let at = self.relative(spot.file);
        if has(&item.attrs, "macro_use") {
            self.tree.faults.push(format!(
                "{at}:{line}: `#[macro_use]` hands macros to other modules unseen. Export them by `pub(crate) use`."
            ));
        }
        let module = self.child(spot.module, &name);
        let inside = spot.folder.join(&name);
        if let Some((_, items)) = &item.content {
            let inside = path(&item.attrs).map_or(inside, |path| spot.folder.join(path));
            self.items(items, Spot { module, folder: &inside, beside: &inside, test, ..spot });
            return;
        }
        let file = match path(&item.attrs) {
            Some(path) => straight(&spot.beside.join(path)),
            None if inside.join("mod.rs").is_file() => inside.join("mod.rs"),
            None => spot.folder.join(format!("{name}.rs")),
        };
        if !file.is_file() {
            let file = self.relative(&file);
            self.tree.faults.push(format!("{at}:{line}: `mod {name}` has no file {file}."));
            return;
        }
        self.borrow(&file, module, (&at, line), test);
        let named_mod = file.file_name().is_some_and(|file| file == "mod.rs");
        let folder = match path(&item.attrs) {
            Some(_) => file.parent().unwrap_or(spot.folder).to_owned(),
            None if named_mod => inside,
            None => spot.folder.join(&name),
        };
        self.open(&file, &folder, module, test);
    }
}

impl Loader<'_> {
    /// Takes down a module whose file is in the folder of another room.
    fn borrow(&mut self, file: &Path, module: usize, (at, line): (&str, usize), test: bool) {
        let path = self.relative(file);
        // One outside `src/` is no room's.
        let Some(below) = path.strip_prefix("src/") else { return };
        let room = below.split('/').next().unwrap_or(below).trim_end_matches(".rs").to_owned();
        let declared = &self.tree.modules[module].path;
        if room != room_of(declared) && *declared != format!("main::{room}") {
            self.tree.borrowed.push(Borrowed { module, file: at.to_owned(), line, path: room, test });
        }
    }
}

/// Where items are read.
#[derive(Clone, Copy)]
struct Spot<'a> {
    module: usize,
    file: &'a Path,
    /// Where the files of child modules are.
    folder: &'a Path,
    /// What `#[path]` starts from.
    beside: &'a Path,
    test: bool,
}

/// The names that an item, other than a module, brings into scope.
pub fn bind(names: &mut Names, item: &Item) {
    let ident = match item {
        Item::Use(item) => return of_use(item).into_iter().for_each(|import| bind_import(names, import)),
        Item::ExternCrate(item) => return bind_import(names, of_extern_crate(item)),
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return,
    };
    names.bind(plain(ident), Binding::Item);
}

pub fn bind_import(names: &mut Names, import: Import) {
    if import.glob {
        names.globs.push(import.written);
    } else if let Some(name) = import.name {
        names.bind(name, Binding::Import(import.written));
    }
}

/// The path without `..` and `.`.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                straight.pop();
            }
            Component::CurDir => {}
            part => straight.push(part),
        }
    }
    straight
}
