//! A page by what is read in it: visible lines, each under its heading.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::text::lines;
use crate::diff::change::{Change, Comparison, What};
use crate::diff::mask::masked;

/// Elements whose text nobody sees.
const UNSEEN: &[&str] = &["style", "script", "template"];

/// Elements that do not begin a line.
const INLINE: &[&str] = &[
    "a", "abbr", "", "bdi", "cite", "code", "em", "i", "mark", "path", "q", "small", "span", "strong", "su",
    "sup", "svg", "time", "use", "wbr",
];

/// Compares two pages.
pub fn compare(before: &str, after: &str) -> Comparison {
    let (Some(base), Some(branch)) = (visible(before), visible(after)) else {
        return super::text::compare(before, after);
    };
    let texts = |page: &[Line]| page.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
    let (old, new) = (texts(&base), texts(&branch));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let heading = |line| base.get(line).map_or_else(String::new, |line: &Line| line.under.clone());
    let mut comparison = lines(&old, &new, |line| (heading(line), heading(line)));
    if comparison.changes.is_empty() && masked(before) != masked(after) {
        let words = "the markup alone: every visible line is the same";
        comparison.changes.push(Change::at("", What::Only(words.to_owned())));
    }
    comparison
}

/// A line that is read, and the heading that it is under.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    text: String,
    under: String,
}

/// The visible lines of a page; nothing where it cannot be taken apart.
fn visible(page: &str) -> Option<Vec<Line>> {
    let mut reader = Reader::from_str(page);
    let config = reader.config_mut();
    // HTML leaves elements such as `<br>` and `<meta>` open.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut collected = Collected::default();
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            Event::Start(tag) if UNSEEN.contains(&tag.name().as_ref()) => {
                let name = tag.name().as_ref().to_owned();
                skip(&mut reader, &name)?;
            }
            Event::Start(tag) => collected.element(tag.name().as_ref(), true),
            Event::Empty(tag) => collected.element(tag.name().as_ref(), true),
            Event::End(tag) => collected.element(tag.name().as_ref(), false),
            Event::Text(text) => collected.text.push_str(&text),
            Event::GeneralRef(name) => collected.text.push_str(&character(&name)?),
            _ => {}
        }
    }
    collected.end_line();
    Some(collected.lines)
}

/// Reads on to the end of an element whose text is not markup.
fn skip(reader: &mut Reader<&[u8]>, name: &str) -> Option<()> {
    loop {
        match reader.read_event() {
            Ok(Event::End(tag)) if tag.name().as_ref() == name => return Some(()),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
struct Collected {
    lines: Vec<Line>,
    text: String,
    heading: String,
}

impl Collected {
    fn element(&mut self, name: &str, begins: bool) {
        if INLINE.contains(&name) {
            return;
        }
        let is_heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
        let line = self.end_line();
        if let (Some(text), true, false) = (line, is_heading, begins) {
            self.heading = text;
        }
    }

    fn end_line(&mut self) -> Option<String> {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        if text.is_empty() {
            return None;
        }
        self.lines.push(Line { text: text.clone(), under: self.heading.clone() });
        Some(text)
    }
}

/// The character of a reference such as `&amp;`, or the reference as it is where it has no one character.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character.to_string());
    }
    let name: &str = reference;
    Some(match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        "nbsp" => "\u{a0}".to_owned(),
        other => format!("&{other};"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><html><head><meta charset=utf-8><title>T</title><style>p > a { x: 1 }</style>\
        </head><body><h2 class=a>What <i>was</i> found</h2><p>One &amp; two<br>three &lt; 4&#x2e;</p></body></html>";

    #[test]
    fn visible_lines_are_under_their_headings() {
        let lines: Vec<_> =
            visible(PAGE).unwrap().into_iter().map(|line| format!("{}|{}", line.under, line.text)).collect();
        assert_eq!(lines, ["|T", "|What was found", "What was found|One & two", "What was found|three < 4."]);
    }

    #[test]
    fn a_changed_line_names_its_heading() {
        let changes = compare(PAGE, &PAGE.replace("two", "deux")).changes;
        let what = What::Changed { before: "One & two".to_owned(), after: "One & deux".to_owned() };
        assert_eq!(changes, [Change::at("What was found", what)]);
    }

    #[test]
    fn markup_alone_is_said_to_be_so() {
        let changes = compare(PAGE, &PAGE.replace("class=a", "class=b")).changes;
        assert_eq!(changes.len(), 1);
        assert!(matches!(&changes[0].what, What::Only(words) if words.contains("markup alone")));
    }

    #[test]
    fn hashes_in_a_page_are_masked() {
        let (before, after) =
            (PAGE.replace("two", "3541def9d1b603c9"), PAGE.replace("two", "0541def9d1b603c9"));
        assert_eq!(compare(&before, &after), Comparison { changes: vec![], masked: 1 });
    }
}
