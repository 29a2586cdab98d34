//! Walks the syntax of one file and takes down each path that leads out of its room.

use std::mem::replace;

use proc_macro2::TokenStream;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, ImplItem, Item, ItemMod, Meta, Path, Stmt};

use super::attributes::for_tests;
use super::load::{bind, bind_import};
use super::resolve::{End, Place};
use super::survey::Edge;
use super::tokens::Named;
use super::tree::{Binding, Names, SourceFile, Tree};
use super::uses::{Import, Written, of_extern_crate, of_use, plain};

pub struct Walk<'a> {
    tree: &'a Tree,
    file: &'a SourceFile,
    module: usize,
    scopes: Vec<Names>,
    test: bool,
    pub edges: Vec<Edge>,
    pub faults: Vec<String>,
    /// The lines that are compiled for tests alone.
    pub test_lines: usize,
}

impl<'a> Walk<'a> {
    pub fn over(tree: &'a Tree, file: &'a SourceFile) -> Self {
        let mut walk = Self {
            tree,
            file,
            module: file.module,
            scopes: Vec::new(),
            test: file.test,
            edges: Vec::new(),
            faults: Vec::new(),
            test_lines: 0,
        };
        walk.visit_file(&file.syntax);
        walk
    }

    fn place(&self) -> Place<'_> {
        Place { module: self.module, scopes: &self.scopes }
    }

    fn edge(&self, to: String, written: &Written, krate: bool) -> Edge {
        Edge {
            file: self.file.path.clone(),
            line: written.line,
            from: self.tree.modules[self.module].path.clone(),
            to,
            written: written.text(),
            krate,
            test: self.test,
        }
    }

    /// Takes down the rooms and the crate that `written` leads to.
    fn take(&mut self, written: &Written, glob: bool) {
        let tree = self.tree;
        let found = tree.resolve(self.place(), written);
        let own = tree.modules[self.module].room();
        let mut passed = found.through;
        if let (End::Module(end), true) = (found.end, glob) {
            passed.push(end);
        }
        let mut rooms: Vec<&str> = Vec::new();
        let mut edges = Vec::new();
        // The deepest module that the path reached in each room.
        for module in passed.iter().rev().map(|module| &tree.modules[*module]) {
            if module.room() != own && !rooms.contains(&module.room()) {
                rooms.push(module.room());
                edges.push(self.edge(module.path.clone(), written, false));
            }
        }
        if let End::Crate(name) = found.end {
            edges.push(self.edge(name.to_owned(), written, true));
        }
        self.edges.extend(edges);
    }

    fn path(&mut self, written: &Written) {
        // A name that a `use` brought in was taken down there; one that a glob brought in was not.
        let single = written.segments.len() == 1 && !written.rooted;
        if !single {
            self.take(written, false);
        } else if !self.tree.binds(self.place(), &written.segments[0]) {
            let found = self.tree.resolve(self.place(), written);
            if !found.through.is_empty() {
                self.take(written, false);
            }
        }
    }

    fn imports(&mut self, imports: Vec<Import>) {
        for import in imports {
            self.take(&import.written, import.glob);
        }
    }

    fn tokens(&mut self, tokens: &TokenStream, texts: bool) {
        let named = Named::of(tokens.clone(), texts);
        let mut scope = Names::default();
        for import in named.imports.iter().cloned() {
            bind_import(&mut scope, import);
        }
        self.scopes.push(scope);
        self.imports(named.imports);
        for path in &named.paths {
            self.path(path);
        }
        self.scopes.pop();
    }

    /// Goes on inside what carries `attributes`, as a test where they say so.
    fn inside(&mut self, attributes: &[Attribute], whole: &impl Spanned, go_on: impl FnOnce(&mut Self)) {
        let test = self.test || for_tests(attributes);
        if test && !self.test {
            let span = whole.span();
            self.test_lines += span.end().line + 1 - span.start().line;
        }
        let before = replace(&mut self.test, test);
        go_on(self);
        self.test = before;
    }

    fn submodule(&mut self, item: &ItemMod) {
        let name = plain(&item.ident);
        let bindings = self.tree.modules[self.module].names.named.get(&name);
        let child = bindings.into_iter().flatten().find_map(|binding| match binding {
            Binding::Module(child) => Some(*child),
            _ => None,
        });
        match child {
            Some(child) if self.scopes.is_empty() => {
                let above = replace(&mut self.module, child);
                visit::visit_item_mod(self, item);
                self.module = above;
            }
            _ => {
                let line = item.mod_token.span().start().line;
                self.faults.push(format!(
                    "{}:{line}: `mod {name}` is inside a function, where relative paths cannot be followed. Move it out.",
                    self.file.path
                ));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        self.inside(attributes_of(item), item, |walk| match item {
            Item::Use(item) => walk.imports(of_use(item)),
            Item::ExternCrate(item) => walk.imports(vec![of_extern_crate(item)]),
            Item::Mod(item) => walk.submodule(item),
            item => visit::visit_item(walk, item),
        });
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            _ => &[],
        };
        self.inside(attributes, item, |walk| visit::visit_impl_item(walk, item));
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let mut names = Names::default();
        for statement in &block.stmts {
            if let Stmt::Item(item) = statement {
                bind(&mut names, item);
            }
        }
        self.scopes.push(names);
        visit::visit_block(self, block);
        self.scopes.pop();
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(written) = Written::of(path) {
            self.path(&written);
        }
        visit::visit_path(self, path);
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        self.tokens(tokens, false);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match &attribute.meta {
            Meta::List(list) => {
                self.visit_path(&list.path);
                self.tokens(&list.tokens, true);
            }
            meta => visit::visit_meta(self, meta),
        }
    }
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
