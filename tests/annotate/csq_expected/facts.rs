//! What an answer says, in csq's words, whoever gives it.

use std::collections::{BTreeMap, BTreeSet};

use ithaca::annotate::edit::change::Tail;
use ithaca::annotate::haplotype::{Behind, Group};
use ithaca::annotate::layout::Layout;
use ithaca::annotate::sequence::Sequence;
use ithaca::model::allele::{Allele, Alternate};
use ithaca::model::annotation::TranscriptConsequence;
use ithaca::model::consequence::{Term, Terms};
use ithaca::model::record::VariantRecord;
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::TranscriptView;

/// An ALT as the file writes it.
pub fn written(alternate: &Alternate) -> String {
    match alternate {
        Alternate::Bases(bases) | Alternate::Ambiguous(bases) => String::from_utf8_lossy(bases).into_owned(),
        Alternate::Symbolic(name) => format!("<{name}>"),
        Alternate::SpanningDeletion => "*".to_owned(),
        Alternate::NonReference => "<*>".to_owned(),
        Alternate::Breakend(text) => text.clone(),
    }
}

/// csq's words that stand for a term; several terms share one word.
fn words(terms: Terms, gain: i64) -> BTreeSet<&'static str> {
    let in_frame = if gain < 0 { "inframe_deletion" } else { "inframe_insertion" };
    let word = |term: Term| match term {
        Term::SpliceAcceptor => "splice_acceptor",
        Term::SpliceDonor => "splice_donor",
        Term::SpliceRegion | Term::SpliceDonorRegion | Term::SpliceDonor5thBase => "splice_region",
        Term::StopGained => "stop_gained",
        Term::Frameshift => "frameshift",
        Term::StopLost => "stop_lost",
        Term::StartLost => "start_lost",
        // csq calls every change of length that keeps the frame by its direction.
        Term::InframeInsertion | Term::InframeDeletion | Term::ProteinAltering => in_frame,
        Term::Missense => "missense",
        Term::StartRetained => "start_retained",
        Term::StopRetained => "stop_retained",
        Term::Synonymous => "synonymous",
        Term::CodingSequence | Term::IncompleteTerminalCodon => "coding_sequence",
        Term::FivePrimeUtr => "5_prime_utr",
        Term::ThreePrimeUtr => "3_prime_utr",
        Term::NonCodingTranscriptExon => "non_coding",
        Term::Intron => "intron",
        _ => "",
    };
    terms.iter().map(word).filter(|w| !w.is_empty()).collect()
}

/// csq's protein change: the residues of a stretch of codons, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Number of the first residue.
    at: usize,
    old: String,
    new: String,
    /// Number of the new protein's last residue, where only the first ones are shown.
    last: Option<usize>,
}

/// The two whole proteins, and how csq numbers the first residue: it does not count a codon that the annotation cuts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proteins {
    old: String,
    new: String,
    uncounted: usize,
}

/// What is said of one record on one transcript.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnTranscript {
    pub words: BTreeSet<String>,
    /// The words for the place where the record's spelling has it.
    pub as_spelt: BTreeSet<String>,
    /// The words for each of its equivalent places.
    pub elsewhere: BTreeSet<BTreeSet<String>>,
    pub window: Option<Window>,
    pub proteins: Option<Proteins>,
    /// Spellings of all records with one effect, this one included.
    pub members: BTreeSet<String>,
    /// A stop in cis comes first.
    pub behind: bool,
}

/// Everything said of one record on one copy: by transcript, and for terms that csq gives without one by gene.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub transcripts: BTreeMap<String, OnTranscript>,
    genes: BTreeMap<String, String>,
}

fn bare(accession: &str) -> String {
    accession.split('.').next().unwrap_or_default().to_owned()
}

fn spelling(allele: &Allele) -> String {
    let text = |bases: &[u8]| String::from_utf8_lossy(bases).into_owned();
    format!("{}{}>{}", allele.start + 1, text(&allele.reference), text(&allele.alternate))
}

impl Answer {
    /// Takes in what the record is said to be alone.
    pub fn alone(&mut self, on: &TranscriptConsequence, allele: &Allele) {
        if on.transcript_index.is_none() {
            return;
        }
        let gain = allele.alternate.len() as i64 - allele.reference.len() as i64;
        let entry = self.transcripts.entry(bare(&on.transcript)).or_default();
        self.genes.insert(bare(&on.transcript), on.gene.clone());
        entry.words.extend(words(on.terms, gain).into_iter().map(str::to_owned));
    }

    /// Takes in what the record is said to be alone, judged where its own spelling has it.
    pub fn as_spelt(&mut self, accession: &str, terms: Terms, allele: &Allele) {
        let gain = allele.alternate.len() as i64 - allele.reference.len() as i64;
        let entry = self.transcripts.entry(bare(accession)).or_default();
        entry.as_spelt = words(terms, gain).into_iter().map(str::to_owned).collect();
    }

    /// Takes in what the record is said to be alone at one of its equivalent places.
    pub fn elsewhere(&mut self, accession: &str, terms: Terms, allele: &Allele) {
        let gain = allele.alternate.len() as i64 - allele.reference.len() as i64;
        let entry = self.transcripts.entry(bare(accession)).or_default();
        let words: BTreeSet<String> = words(terms, gain).into_iter().map(str::to_owned).collect();
        entry.elsewhere.insert(reduced(&words));
    }

    /// Takes in what the record's group is said to be.
    pub fn together(
        &mut self,
        genome: &Genome,
        view: &TranscriptView<'_>,
        group: &Group,
        members: &[(usize, &Allele)],
    ) {
        let entry = self.transcripts.entry(bare(view.accession)).or_default();
        let gain =
            members.iter().map(|(_, a)| a.alternate.len() as i64 - a.reference.len() as i64).sum::<i64>();
        // Splice words are the record's own; what it does to the reading is the group's.
        entry.words.retain(|w| w.starts_with("splice") || w.contains("utr") || w == "intron");
        let own = words(group.outcome.terms, gain);
        entry.words.extend(own.iter().filter(|w| !w.starts_with("splice")).map(|w| (*w).to_owned()));
        entry.members = members.iter().map(|(_, a)| spelling(a)).collect();
        entry.behind = matches!(group.behind, Some(Behind::Stop(_)));
        let Some(change) = &group.outcome.change else { return };
        let sequence = Sequence::build(&Layout { transcript: *view }, genome);
        let text = |residues: &[u8]| residues.iter().map(|&b| b as char).collect::<String>();
        let change = &change.protein;
        let mut new = text(&sequence.protein[..change.first.min(sequence.protein.len())]);
        new.push_str(&text(&change.residues));
        if change.tail == Tail::Same {
            new.push_str(&text(&sequence.protein[change.end..]));
        }
        let uncounted = usize::from(sequence.frame.as_ref().is_some_and(|f| f.missing > 0));
        entry.proteins = Some(Proteins { old: text(&sequence.protein), new, uncounted });
    }
}

impl Window {
    /// csq's `508VA>508V`, `145L`, `216LLR..1334>216I*`, `25E..329>25G..94`.
    fn parse(text: &str) -> Option<Self> {
        let side = |side: &str| -> Option<(usize, String, Option<usize>)> {
            let digits = side.find(|c: char| !c.is_ascii_digit())?;
            let at = side[..digits].parse().ok()?;
            match side[digits..].split_once("..") {
                Some((residues, last)) => Some((at, residues.to_owned(), last.parse().ok())),
                None => Some((at, side[digits..].to_owned(), None)),
            }
        };
        let (old, new) = text.split_once('>').unwrap_or((text, text));
        let (old, new) = (side(old)?, side(new)?);
        Some(Self { at: old.0, old: old.1, new: new.1, last: new.2 })
    }

    /// True where the proteins read what csq's window says. csq may stop reading before the new protein ends.
    fn agrees(&self, proteins: &Proteins) -> bool {
        let from = self.at - 1 + proteins.uncounted;
        let Some(head) = proteins.old.get(..from) else { return false };
        let shown = format!("{head}{}", self.new);
        if let Some(last) = self.last {
            return proteins.new.starts_with(&shown) && proteins.new.len() == last + proteins.uncounted;
        }
        if self.new.ends_with('*') {
            return proteins.new == shown;
        }
        let Some(rest) = proteins.old[from..].strip_prefix(self.old.as_str()) else { return false };
        proteins.new == format!("{shown}{rest}")
            || (proteins.old.ends_with(rest) && self.old.ends_with('*') && proteins.new.starts_with(&shown))
    }
}

/// Marks a difference that goes away when the allele is judged at another of its equivalent places.
pub const ELSEWHERE: &str = " (theirs at another place)";

/// csq's answers with `@` links followed.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    transcripts: BTreeMap<String, OnTranscript>,
    /// Words that csq gives for a gene without naming the transcript.
    genes: BTreeMap<String, BTreeSet<String>>,
}

type Key = (usize, usize, usize);

impl Facts {
    /// Reads csq's entries; `@pos` stands for the entries at that position whose members hold the record.
    pub fn resolve(expected: &BTreeMap<Key, Vec<String>>, records: &[VariantRecord]) -> BTreeMap<Key, Facts> {
        let mut out = BTreeMap::new();
        for (&(record, sample, column), tokens) in expected {
            let mut facts = Facts::default();
            let r = &records[record];
            let alternate = r.alternates.first().map_or_else(String::new, written);
            let own = format!("{}{}>{alternate}", r.start + 1, String::from_utf8_lossy(&r.reference));
            for token in tokens {
                match token.strip_prefix('@') {
                    None => facts.add(token, &own),
                    Some(position) => {
                        let there = expected.iter().filter(|((other, s, c), _)| {
                            *s == sample
                                && *c == column
                                && (records[*other].start + 1).to_string() == position
                        });
                        for token in there.flat_map(|(_, tokens)| tokens).filter(|t| !t.starts_with('@')) {
                            let members = token.split('|').nth(6).unwrap_or_default();
                            if members.split('+').any(|m| m == own) {
                                facts.add(token, &own);
                            }
                        }
                    }
                }
            }
            out.insert((record, sample, column), facts);
        }
        out
    }

    fn add(&mut self, token: &str, _own: &str) {
        let fields: Vec<&str> = token.split('|').collect();
        let (behind, terms) = match fields[0].strip_prefix('*') {
            Some(rest) => (true, rest),
            None => (false, fields[0]),
        };
        let terms = terms.split('&').filter(|t| *t != "NMD_transcript").map(str::to_owned);
        let (gene, transcript) = (fields[1], fields[2]);
        if transcript.is_empty() {
            self.genes.entry(gene.to_owned()).or_default().extend(terms);
            return;
        }
        let entry = self.transcripts.entry(bare(transcript)).or_default();
        entry.words.extend(terms);
        entry.behind |= behind;
        if let Some(members) = fields.get(6) {
            entry.members = members.split('+').map(str::to_owned).collect();
        }
        if let Some(window) = fields.get(5).and_then(|p| Window::parse(p)) {
            entry.window = Some(window);
        }
    }

    /// What the engine says otherwise.
    pub fn differences(&self, ours: &Answer) -> Vec<String> {
        let mut out = Vec::new();
        let list = |words: &BTreeSet<String>| words.iter().cloned().collect::<Vec<_>>().join("&");
        let mut genes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let nothing = OnTranscript::default();
        for (name, found) in &ours.transcripts {
            let mut words = reduced(&found.words);
            let spelt = reduced(&found.as_spelt);
            let expected = self.transcripts.get(name);
            // csq judges an allele where the record has it: one that can be moved may read otherwise there.
            if found.members.len() < 2
                && expected.map_or(spelt.iter().all(|w| w == "intron"), |e| reduced(&e.words) == spelt)
            {
                words = spelt;
            }
            if expected.is_none()
                && (words.is_empty() || matches!(list(&words).as_str(), "intron" | "non_coding"))
            {
                if let Some(gene) = ours.genes.get(name) {
                    genes.entry(gene.clone()).or_default().extend(words);
                }
                continue;
            }
            let theirs = expected.unwrap_or(&nothing);
            if reduced(&theirs.words) != words {
                let gene = ours.genes.get(name).and_then(|gene| self.genes.get(gene));
                let wanted = if expected.is_none() { gene.unwrap_or(&theirs.words) } else { &theirs.words };
                let moved = if found.elsewhere.contains(&reduced(wanted)) { ELSEWHERE } else { "" };
                out.push(format!("{name} words {} => {}{moved}", list(&theirs.words), list(&words)));
            }
            if theirs.behind != found.behind {
                out.push(format!("{name} behind a stop {} => {}", theirs.behind, found.behind));
            }
            let alone = |members: &BTreeSet<String>| members.len() < 2;
            if theirs.members != found.members && !(alone(&theirs.members) && alone(&found.members)) {
                out.push(format!("{name} members {} => {}", list(&theirs.members), list(&found.members)));
            }
            if let Some(window) = &theirs.window
                && !found.proteins.as_ref().is_some_and(|p| window.agrees(p))
            {
                let short = |s: &str| s.chars().take(12).collect::<String>();
                let (old, new) = (short(&window.old), short(&window.new));
                out.push(format!("{name} protein {}{old}>{new} not found", window.at));
            }
        }
        for name in self.transcripts.keys().filter(|name| !ours.transcripts.contains_key(*name)) {
            out.push(format!("{name} words {} => (none)", list(&self.transcripts[name].words)));
        }
        genes.retain(|_, words| !words.is_empty());
        // csq names introns and non-coding genes only where it has nothing else to say.
        let missing = self.transcripts.is_empty() && genes != self.genes;
        if missing && !out.iter().any(|difference| difference.ends_with(ELSEWHERE)) {
            out.push(format!("genes {:?} => {genes:?}", self.genes));
        }
        out
    }
}

/// Words without those that say nothing beside others: csq has no word for the fifth base and the donor region, and
/// `splice_region` says nothing beside a donor or an acceptor, nor `intron` beside a splice site; `inframe_altering` is
/// its word for edits that each change the length and together do not.
fn reduced(words: &BTreeSet<String>) -> BTreeSet<String> {
    let mut words = words.clone();
    words.remove("inframe_altering");
    if words.contains("splice_donor") || words.contains("splice_acceptor") {
        words.remove("splice_region");
    }
    if words.len() > 1 {
        words.remove("intron");
    }
    words
}
