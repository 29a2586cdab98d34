//! A page as lines of text: what a person sees of it, or hears of it from a screen reader.

use std::cell::RefCell;

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
};

/// Elements that flow within a line; all others begin one.
const INLINE: [&str; 12] =
    ["a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "tspan"];

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    line: String,
    /// Inside a cell of a table, where nothing breaks the line.
    in_cell: bool,
    /// Inside a style or a script, which nobody reads.
    unseen: bool,
}

impl Page {
    fn end_line(&mut self) {
        let line = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = line.trim_end_matches(" |");
        if !line.trim_matches(['#', '-', ' ']).is_empty() {
            self.lines.push(line.to_owned());
        }
        self.line.clear();
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let (name, opens) = (&*tag.name, tag.kind == TagKind::StartTag);
        match name {
            "style" | "script" => {
                self.unseen = opens;
                let kind = if name == "style" { RawKind::Rawtext } else { RawKind::ScriptData };
                return if opens { TokenSinkResult::RawData(kind) } else { TokenSinkResult::Continue };
            }
            "td" | "th" => {
                self.in_cell = opens;
                self.line += if opens { "" } else { " | " };
            }
            "br" => self.line += " / ",
            // The value of a name follows it in its line.
            "dt" if !opens => {}
            "dd" if opens => self.line = format!("{}: ", self.line.trim_end()),
            _ if INLINE.contains(&name) => {}
            _ if self.in_cell => self.line.push(' '),
            _ => self.end_line(),
        }
        if opens {
            match name {
                "li" if !self.in_cell => self.line += "- ",
                "h1" | "h2" | "h3" | "h4" | "h5" => {
                    self.line += &"#".repeat(name[1..].parse().unwrap());
                    self.line.push(' ');
                }
                _ => {}
            }
            if let Some(label) = tag.attrs.iter().find(|attribute| &*attribute.name.local == "aria-label") {
                self.line += &format!("[{}] ", label.value);
            }
        }
        TokenSinkResult::Continue
    }
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return page.tag(&tag),
            Token::CharacterTokens(text) if !page.unseen => page.line += &text,
            Token::ParseError(fault) => panic!("the page is not well formed: {fault}"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The text of a page, a line for each block and each row of a table.
pub fn visible_text(html: &str) -> String {
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(html.into());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    page.end_line();
    page.lines.join("\n") + "\n"
}

#[test]
fn a_page_becomes_its_lines() {
    let page = "<!DOCTYPE html>\n<html><head><title>A &amp; B</title><style>p > a { }</style></head><body>\n\
        <h2>One</h2><p>Some <strong>strong</strong>\n words.</p><dl><dt>Name</dt><dd>value</dd></dl>\n\
        <nav aria-label=\"Contents\"><ol><li>first</li></ol></nav>\n\
        <table><tr><th>Gene</th><th>Tier</th></tr><tr><td>A<br>B</td><td><p>1</p></td></tr></table></body></html>";
    let expected =
        "A & B\n## One\nSome strong words.\nName: value\n[Contents]\n- first\nGene | Tier\nA / B | 1\n";
    assert_eq!(visible_text(page), expected);
}
