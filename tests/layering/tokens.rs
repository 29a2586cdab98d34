//! Paths among the tokens of a macro, where there is no syntax tree.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{ItemUse, LitStr, Path};

use super::uses::{Import, Written, of_use, plain};

/// What the tokens name.
#[derive(Default)]
pub struct Named {
    pub paths: Vec<Written>,
    pub imports: Vec<Import>,
}

impl Named {
    /// `texts` also takes a string for a path where it reads as one, as in `#[serde(with = "a::b")]`.
    pub fn of(tokens: TokenStream, texts: bool) -> Self {
        let mut named = Self::default();
        named.scan(tokens, texts);
        named
    }

    fn scan(&mut self, tokens: TokenStream, texts: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Ident(word) if *word == "use" => self.import(&tokens, at),
                TokenTree::Ident(_) => self.path(&tokens, at, Vec::new(), texts),
                TokenTree::Group(group) => {
                    self.scan(group.stream(), texts);
                    at + 1
                }
                TokenTree::Literal(literal) if texts => {
                    self.text(&literal.to_string(), literal.span().start().line);
                    at + 1
                }
                _ => at + 1,
            };
        }
    }

    /// A whole `use …;`, whose names hold in the rest of the macro. One with variables of the macro in it
    /// is read as paths.
    fn import(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let end = tokens[at..].iter().position(|token| is(token, ';')).map(|length| at + length + 1);
        if let Some(end) = end
            && let Ok(item) = syn::parse2::<ItemUse>(tokens[at..end].iter().cloned().collect())
        {
            self.imports.extend(of_use(&item));
            return end;
        }
        at + 1
    }

    /// The path that begins at `at`, and where the tokens go on.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize, mut segments: Vec<String>, texts: bool) -> usize {
        let line = tokens[at].span().start().line;
        let field = at > 0 && is(&tokens[at - 1], '.');
        let variable = at > 0
            && is(&tokens[at - 1], '$')
            && !matches!(&tokens[at], TokenTree::Ident(word) if *word == "crate");
        let rooted = at >= 2
            && colons(tokens, at - 2)
            && !(at >= 3 && matches!(&tokens[at - 3], TokenTree::Punct(punct) if punct.as_char() == '>'));
        while let Some(TokenTree::Ident(word)) = tokens.get(at) {
            segments.push(plain(word));
            at += 1;
            if !colons(tokens, at) {
                break;
            }
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(_)) => at += 2,
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.group(group.stream(), &segments, texts);
                    return at + 3;
                }
                _ => break,
            }
        }
        if !variable && (!field || segments.len() > 1) {
            self.paths.push(Written { segments, rooted, line });
        }
        at
    }

    /// `{b, c::d}` after `a::`.
    fn group(&mut self, inside: TokenStream, above: &[String], texts: bool) {
        let inner = Self::of(inside, texts);
        for path in inner.paths {
            let segments = above.iter().cloned().chain(path.segments).collect();
            self.paths.push(Written { segments, ..path });
        }
    }

    fn text(&mut self, literal: &str, line: usize) {
        let Ok(text) = syn::parse_str::<LitStr>(literal) else { return };
        if let Ok(path) = syn::parse_str::<Path>(&text.value())
            && let Some(written) = Written::of(&path)
            && written.segments.len() > 1
        {
            self.paths.push(Written { line, ..written });
        }
    }
}

fn is(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    tokens.len() > at + 1 && is(&tokens[at], ':') && is(&tokens[at + 1], ':')
}
