//! Checks of the Web Content Accessibility Guidelines 2.2 that a program can make.

use crate::report::example;
use crate::report::{write_batch_html, write_html};

fn pages() -> Vec<String> {
    vec![
        write_html(&example::report()).unwrap(),
        write_html(&example::negative()).unwrap(),
        write_html(&example::looked_up(true)).unwrap(),
        write_html(&example::looked_up(false)).unwrap(),
        write_batch_html(&example::batch()).unwrap(),
    ]
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.split_inclusive('>').next())
}

#[test]
fn language_and_title_are_stated() {
    for html in pages() {
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
        let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(title.len() > 10, "{title}");
    }
}

#[test]
fn one_first_heading_and_no_level_is_skipped() {
    for html in pages() {
        let levels: Vec<u32> =
            tags(&html).filter_map(|tag| tag.strip_prefix('h')?.chars().next()?.to_digit(10)).collect();
        assert_eq!(levels.iter().filter(|&&level| level == 1).count(), 1);
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn every_table_has_a_caption_and_every_heading_cell_a_scope() {
    for html in pages() {
        let tables: Vec<&str> = html.split("<table").skip(1).collect();
        assert!(!tables.is_empty());
        for table in tables {
            let table = table.split("</table>").next().unwrap();
            assert!(table.contains("<caption"), "{table}");
            assert!(table.contains("<thead>"));
        }
        for tag in tags(&html).filter(|tag| tag.starts_with("th ") || tag.starts_with("th>")) {
            assert!(matches!(attribute(tag, "scope"), Some("col" | "row")), "{tag}");
        }
    }
}

#[test]
fn identifiers_are_unique_and_every_reference_meets_one() {
    for html in pages() {
        let ids: Vec<&str> = tags(&html).filter_map(|tag| attribute(tag, "id")).collect();
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for tag in tags(&html) {
            for reference in attribute(tag, "aria-labelledby").into_iter().flat_map(str::split_whitespace) {
                assert!(unique.contains(reference), "{tag}");
            }
            if let Some(target) = attribute(tag, "href").and_then(|href| href.strip_prefix('#')) {
                assert!(unique.contains(target), "{tag}");
            }
        }
    }
}

#[test]
fn drawings_are_named_or_hidden_and_tiers_are_words() {
    for html in pages() {
        for tag in tags(&html).filter(|tag| tag.starts_with("svg")) {
            let named = tag.contains("role=\"img\"") && tag.contains("aria-labelledby");
            assert!(named || tag.contains("aria-hidden=\"true\""), "{tag}");
        }
        for badge in html.split("class=\"badge").skip(1) {
            let text = badge.split("</svg>").nth(1).unwrap().split('<').next().unwrap();
            assert!(["Tier 1", "Tier 2", "Tier 3", "untiered"].contains(&text), "{text}");
        }
    }
}

#[test]
fn a_skip_link_comes_first() {
    for html in pages() {
        let body = html.split("<body>").nth(1).unwrap();
        assert!(body.trim_start().starts_with("<a class=\"skip\""));
    }
}

/// Relative luminance, by the definition in the guidelines.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_stands_out_from_what_is_behind_it() {
    let style = include_str!("../templates/style.css");
    let colour = |name: &str| {
        let start = style.find(&format!("--{name}: ")).unwrap() + name.len() + 4;
        style[start..start + 7].to_owned()
    };
    for behind in ["page", "card", "soft", "notice"] {
        for text in ["ink", "muted", "accent"] {
            let ratio = contrast(&colour(text), &colour(behind));
            assert!(ratio >= 4.5, "{text} on {behind}: {ratio:.2}");
        }
    }
    for badge in ["tier-1", "tier-2", "tier-3"] {
        assert!(contrast(&colour(badge), "#ffffff") >= 4.5, "{badge}");
    }
    assert!(contrast("#b45309", &colour("card")) >= 3.0, "focus ring");
    assert!(contrast(&colour("notice-line"), &colour("notice")) >= 3.0);
}
