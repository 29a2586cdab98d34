//! The module tree of a crate, with the names that each module binds.

use std::collections::BTreeMap;

use super::uses::Written;

/// What a name in a module is.
pub enum Binding {
    Module(usize),
    /// Defined here: a type, a function, a constant, a trait.
    Item,
    /// Brought in by `use` or `extern crate`, which another module may then import from here.
    Import(Written),
    /// Reachable here, defined in another module: a macro with `#[macro_export]`.
    Exported(usize),
}

/// The names of a module or of a block.
#[derive(Default)]
pub struct Names {
    pub named: BTreeMap<String, Vec<Binding>>,
    pub globs: Vec<Written>,
}

impl Names {
    pub fn bind(&mut self, name: String, binding: Binding) {
        self.named.entry(name).or_default().push(binding);
    }
}

pub struct Module {
    /// `family::mode`; `lib` and `main` are the roots of the two crates.
    pub path: String,
    pub parent: Option<usize>,
    pub root: usize,
    pub names: Names,
}

impl Module {
    /// The top-level module that it is in.
    pub fn room(&self) -> &str {
        room_of(&self.path)
    }
}

pub fn room_of(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

/// A file of the crate, parsed.
pub struct SourceFile {
    /// From the folder of the package: `src/family/phase.rs`.
    pub path: String,
    pub syntax: syn::File,
    pub module: usize,
    /// Compiled for tests alone.
    pub test: bool,
    pub lines: usize,
}

/// A `mod` that takes its file from the folder of another room.
pub struct Borrowed {
    pub module: usize,
    pub file: String,
    pub line: usize,
    pub path: String,
    pub test: bool,
}

#[derive(Default)]
pub struct Tree {
    pub modules: Vec<Module>,
    pub files: Vec<SourceFile>,
    pub borrowed: Vec<Borrowed>,
    /// The root of the library, which `main.rs` names by the name of the package.
    pub library: Option<usize>,
    /// The names by which the library may be called: that of the package, and `extern crate self as …`.
    pub own_names: Vec<String>,
    /// The package of each dependency, by the name that the source has for it.
    pub dependencies: BTreeMap<String, String>,
    pub faults: Vec<String>,
}
