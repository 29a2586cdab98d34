//! Follows a written path to where its item really is.

use super::tree::{Binding, Names, Tree};
use super::uses::Written;

/// Where a path is written: in a module, and there in blocks with names of their own.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub module: usize,
    pub scopes: &'a [Names],
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End<'a> {
    Module(usize),
    /// An item of this module.
    Item(usize),
    /// Something of another crate.
    Crate(&'a str),
    Unknown,
}

/// The modules that a path names or is led through by re-exports, and what it ends at.
pub struct Found<'a> {
    pub through: Vec<usize>,
    pub end: End<'a>,
}

impl<'a> Found<'a> {
    const fn at(end: End<'a>) -> Self {
        Self { through: Vec::new(), end }
    }
}

/// The imports being followed, so that one that names itself is not followed again.
type Busy = Vec<*const Written>;

impl Tree {
    pub fn resolve<'a>(&'a self, place: Place<'_>, written: &Written) -> Found<'a> {
        self.follow(place, written, &mut Vec::new())
    }

    /// Whether `name` is bound where it is used other than by a glob.
    pub fn binds(&self, place: Place<'_>, name: &str) -> bool {
        let module = &self.modules[place.module].names;
        place.scopes.iter().chain([module]).any(|names| names.named.contains_key(name))
    }

    fn follow<'a>(&'a self, place: Place<'_>, written: &Written, busy: &mut Busy) -> Found<'a> {
        let Some((first, rest)) = written.segments.split_first() else {
            return Found::at(if written.rooted { End::Unknown } else { End::Module(place.module) });
        };
        let module = &self.modules[place.module];
        let mut found = match first.as_str() {
            name if written.rooted => self.outside(name),
            "crate" => Found::at(End::Module(module.root)),
            "self" => Found::at(End::Module(place.module)),
            "super" => Found::at(module.parent.map_or(End::Unknown, End::Module)),
            name => self.in_scope(place, name, rest.is_empty(), busy),
        };
        for (at, name) in rest.iter().enumerate() {
            let End::Module(here) = found.end else { break };
            let next = match name.as_str() {
                "self" => continue,
                "super" => Found::at(self.modules[here].parent.map_or(End::Unknown, End::Module)),
                name => self
                    .member(here, name, at + 1 == rest.len(), busy)
                    // What a macro made, most often.
                    .unwrap_or(Found { through: vec![here], end: End::Item(here) }),
            };
            found.through.extend(next.through);
            found.end = next.end;
        }
        found
    }

    /// The first name of a path: of a block, of the module, or a crate.
    fn in_scope<'a>(&'a self, place: Place<'_>, name: &str, last: bool, busy: &mut Busy) -> Found<'a> {
        for names in place.scopes.iter().rev() {
            if let Some(found) = self.bound(names, place, name, last, busy) {
                return found;
            }
        }
        self.member(place.module, name, last, busy).unwrap_or_else(|| self.outside(name))
    }

    /// The name in `module`.
    fn member<'a>(&'a self, module: usize, name: &str, last: bool, busy: &mut Busy) -> Option<Found<'a>> {
        self.bound(&self.modules[module].names, Place { module, scopes: &[] }, name, last, busy)
    }

    fn bound<'a>(
        &'a self,
        names: &Names,
        place: Place<'_>,
        name: &str,
        last: bool,
        busy: &mut Busy,
    ) -> Option<Found<'a>> {
        let mut all: Option<Found<'a>> = None;
        for binding in names.named.get(name).into_iter().flatten() {
            let found = match binding {
                Binding::Module(child) => Found { through: vec![*child], end: End::Module(*child) },
                Binding::Item => Found { through: vec![place.module], end: End::Item(place.module) },
                Binding::Exported(home) => Found { through: vec![*home], end: End::Item(*home) },
                Binding::Import(written) => {
                    let Some(mut found) = self.import(place, written, busy) else { continue };
                    found.through.push(place.module);
                    found
                }
            };
            // A module goes before a function of the same name where the path goes on.
            if !last && matches!(found.end, End::Module(_)) {
                return Some(found);
            }
            match &mut all {
                None => all = Some(found),
                Some(all) => all.through.extend(found.through),
            }
        }
        all.or_else(|| names.globs.iter().find_map(|glob| self.by_glob(place, glob, name, last, busy)))
    }

    fn by_glob<'a>(
        &'a self,
        place: Place<'_>,
        glob: &Written,
        name: &str,
        last: bool,
        busy: &mut Busy,
    ) -> Option<Found<'a>> {
        let source = self.import(place, glob, busy)?;
        let End::Module(target) = source.end else { return None };
        busy.push(glob);
        let found = self.member(target, name, last, busy);
        busy.pop();
        found
    }

    fn import<'a>(&'a self, place: Place<'_>, written: &Written, busy: &mut Busy) -> Option<Found<'a>> {
        if busy.iter().any(|other| std::ptr::eq(*other, written)) {
            return None;
        }
        busy.push(written);
        let found = self.follow(place, written, busy);
        busy.pop();
        Some(found)
    }

    fn outside<'a>(&'a self, name: &str) -> Found<'a> {
        if self.own_names.iter().any(|own| own == name)
            && let Some(library) = self.library
        {
            return Found::at(End::Module(library));
        }
        Found::at(self.dependencies.get(name).map_or(End::Unknown, |package| End::Crate(package)))
    }
}
