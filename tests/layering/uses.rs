//! Paths as they are written, and `use` items taken apart.

use syn::ext::IdentExt;
use syn::{Ident, ItemExternCrate, ItemUse, Path, UseTree};

/// A path as the source has it.
#[derive(Clone, Debug)]
pub struct Written {
    pub segments: Vec<String>,
    /// Begins with `::`.
    pub rooted: bool,
    pub line: usize,
}

impl Written {
    pub fn of(path: &Path) -> Option<Self> {
        let first = path.segments.first()?;
        Some(Self {
            segments: path.segments.iter().map(|segment| plain(&segment.ident)).collect(),
            rooted: path.leading_colon.is_some(),
            line: first.ident.span().start().line,
        })
    }

    pub fn text(&self) -> String {
        let start = if self.rooted { "::" } else { "" };
        format!("{start}{}", self.segments.join("::"))
    }
}

/// One name that a `use` brings in.
#[derive(Clone)]
pub struct Import {
    pub written: Written,
    /// None for `as _`.
    pub name: Option<String>,
    pub glob: bool,
}

/// The name without `r#`.
pub fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

pub fn of_use(item: &ItemUse) -> Vec<Import> {
    let mut found = Vec::new();
    walk(&item.tree, &mut Vec::new(), item.leading_colon.is_some(), &mut found);
    found
}

pub fn of_extern_crate(item: &ItemExternCrate) -> Import {
    let krate = plain(&item.ident);
    let own = krate == "self";
    let name = item.rename.as_ref().map_or_else(|| krate.clone(), |(_, name)| plain(name));
    let written = Written {
        segments: vec![if own { "crate".to_owned() } else { krate }],
        rooted: !own,
        line: item.ident.span().start().line,
    };
    Import { written, name: Some(name), glob: false }
}

fn walk(tree: &UseTree, above: &mut Vec<String>, rooted: bool, found: &mut Vec<Import>) {
    let written = |above: &[String], line| Written { segments: above.to_vec(), rooted, line };
    match tree {
        UseTree::Path(path) => {
            above.push(plain(&path.ident));
            walk(&path.tree, above, rooted, found);
            above.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                walk(tree, above, rooted, found);
            }
        }
        UseTree::Glob(glob) => {
            let line = glob.star_token.spans[0].start().line;
            found.push(Import { written: written(above, line), name: None, glob: true });
        }
        UseTree::Name(leaf) => named(&leaf.ident, None, above, rooted, found),
        UseTree::Rename(leaf) => named(&leaf.ident, Some(&leaf.rename), above, rooted, found),
    }
}

fn named(leaf: &Ident, rename: Option<&Ident>, above: &[String], rooted: bool, found: &mut Vec<Import>) {
    let mut segments = above.to_vec();
    if leaf != "self" || segments.is_empty() {
        segments.push(plain(leaf));
    }
    let name = rename.map(plain).or_else(|| segments.last().cloned()).filter(|name| name != "_");
    let written = Written { segments, rooted, line: leaf.span().start().line };
    found.push(Import { written, name, glob: false });
}
