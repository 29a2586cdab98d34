//! Transcripts whose own sequence holds bases that the genome lacks, or lacks some: names lead back to the transcript's
//! own sequence, and never to a base that it does not have.

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::remark::TranscriptRemark;
use ithaca::model::transcript::{Exon, OwnBase, Strand};

use super::generate::{Dice, World, spellings};
use super::{applier, oracle};

#[expect(clippy::disallowed_methods, reason = "the one switch for long tests")]
fn worlds() -> u64 {
    match std::env::var("ITHACA_LONG_TESTS") {
        Ok(_) => 30_000,
        Err(_) => 1_500,
    }
}

/// A world whose transcript runs apart from the genome in one place, its own sequence, and the genomic bases around
/// that place that it does not share.
struct Apart {
    world: World,
    own: String,
    /// Genomic offsets, half-open; empty where the genome lacks bases.
    gap: (usize, usize),
}

fn apart(dice: &mut Dice) -> Option<Apart> {
    let mut world = World::new(dice);
    let transcript = &mut world.transcript;
    let at = dice.within(0, transcript.exons.len() - 1);
    let exon = transcript.exons[at];
    let (length, bases) = (exon.len(), dice.within(1, 4) as u32);
    // A copy over a whole short intron has a name without an intron position.
    let short = oracle::exons(transcript).windows(2).any(|pair| pair[1].0 - pair[0].1 <= 13);
    if length < 12 || short {
        return None;
    }
    let cut = dice.within(2, length as usize - 7) as u32;
    let lacking = dice.once_in(2);
    // Spliced offset at which the two run apart.
    let place = exon.cdna_start + cut;
    let behind = if lacking { cut + bases } else { cut };
    let forward = transcript.strand == Strand::Forward;
    let part = |from: u32, to: u32| match forward {
        true => (exon.start + from, exon.start + to),
        false => (exon.end - to, exon.end - from),
    };
    let shift = |offset: u32| if lacking { offset - bases } else { offset + bases };
    let (first, rest) = (part(0, cut), part(behind, length));
    transcript.exons[at] = Exon { start: first.0, end: first.1, cdna_start: exon.cdna_start };
    let second = if lacking { place } else { place + bases };
    transcript.exons.insert(at + 1, Exon { start: rest.0, end: rest.1, cdna_start: second });
    transcript.exons[at + 2..].iter_mut().for_each(|exon| exon.cdna_start = shift(exon.cdna_start));
    if let Some(coding) = &mut transcript.coding {
        for end in [&mut coding.cds.start, &mut coding.cds.end] {
            match *end {
                end if lacking && place < end && end < place + bases => return None,
                offset if offset > place => *end = shift(offset),
                _ => {}
            }
        }
    }
    let whole: Vec<(usize, usize)> = oracle::exons(transcript);
    let mut own = String::new();
    let shared: String = oracle::spliced(&world.bases, &whole, transcript.strand);
    own.push_str(&shared[..place as usize]);
    if lacking {
        transcript.own_bases = vec![OwnBase { offset: place, base: OwnBase::LACKING }];
    } else {
        for offset in place..place + bases {
            let base = b"ACGT"[dice.within(0, 3)];
            own.push(char::from(base));
            transcript.own_bases.push(OwnBase { offset, base: u32::from(base) });
        }
    }
    own.push_str(&shared[place as usize..]);
    let gap = part(cut, behind);
    Some(Apart { world, own, gap: (gap.0 as usize, gap.1 as usize) })
}

impl Apart {
    /// The own sequence after a description; nothing where a position lies in an intron.
    fn applied(&self, name: &str) -> Option<String> {
        let (_, description) = name.split_once(':').unwrap();
        let (_, description) = description.split_once('.').unwrap();
        let (from, to, change) = applier::parts(description);
        Some(applier::changed(&self.own, self.offset(&from)?, self.offset(&to)?, &change))
    }

    fn offset(&self, position: &str) -> Option<usize> {
        let coding = self.world.transcript.coding.as_ref();
        if let Some(behind) = position.strip_prefix('*') {
            return Some(coding?.cds.end as usize + behind.parse::<usize>().ok()? - 1);
        }
        let number = position.parse::<i64>().ok()?;
        let start = coding.map_or(0, |c| i64::from(c.cds.start));
        usize::try_from(start + number - i64::from(number > 0)).ok()
    }

    /// True where every spelling in the transcript replaces bases on both sides of the gap, or in it.
    fn lies_over_the_gap(&self, allele: &Allele, dice: &mut Dice) -> bool {
        let all = spellings(&self.world, allele, dice);
        let transcript = self.world.transcript.interval();
        let bare = all.iter().filter(|a| a.reference.len() == allele.reference.len());
        bare.map(|a| (a.start as usize, a.start as usize + a.reference.len()))
            .filter(|&(start, end)| transcript.start as usize <= start && end <= transcript.end as usize)
            .all(|(start, end)| {
                let inside = start < self.gap.1 && end > self.gap.0;
                inside || (start < self.gap.0 && self.gap.1 < end)
            })
    }

    /// The own sequence after an allele, where all its spellings lie within one block, a base from its ends or more.
    fn edited(&self, allele: &Allele, dice: &mut Dice) -> Option<String> {
        let all = spellings(&self.world, allele, dice);
        let bare = all.iter().filter(|a| a.reference.len() == allele.reference.len());
        let (low, high) = bare.fold((u32::MAX, 0), |(low, high), a| {
            (low.min(a.start), high.max(a.start + a.reference.len() as u32))
        });
        let transcript = &self.world.transcript;
        let block = transcript.exons.iter().find(|b| b.start < low && high < b.end)?;
        let (start, end) = (allele.start, allele.start + allele.reference.len() as u32);
        let alternate = String::from_utf8(allele.alternate.clone()).unwrap();
        let (from, to, alternate) = match transcript.strand {
            Strand::Forward => (start - block.start, end - block.start, alternate),
            Strand::Reverse => (block.end - end, block.end - start, oracle::turned(&alternate)),
        };
        let (from, to) = ((block.cdna_start + from) as usize, (block.cdna_start + to) as usize);
        Some(format!("{}{alternate}{}", &self.own[..from], &self.own[to..]))
    }
}

#[test]
fn names_beside_gaps_lead_back_to_the_transcripts_own_sequence() {
    let (mut exact, mut named, mut unnamed) = (0, 0, 0);
    for seed in 0..worlds() {
        let mut dice = Dice(seed.wrapping_mul(0xA24B_AED4_963E_E407));
        let Some(apart) = apart(&mut dice) else { continue };
        let (genome, transcripts) = (apart.world.genome(), apart.world.transcripts());
        let annotator = Annotator::new(&genome, &transcripts, Options::new(Assembly::GRCh38));
        let mut scratch = Scratch::new();
        for _ in 0..30 {
            let allele = apart.world.allele(&mut dice);
            let annotation = annotator.annotate(&allele, &mut scratch);
            for other in spellings(&apart.world, &allele, &mut dice) {
                assert_eq!(annotator.annotate(&other, &mut scratch), annotation, "{allele:?} as {other:?}");
            }
            let Some(told) = annotation.consequences.iter().find(|c| c.transcript_index.is_some()) else {
                continue;
            };
            let beside = told.terms.joined().ends_with("stream_gene_variant");
            let flagged = told.flags.contains(&TranscriptRemark::DiffersFromGenome);
            assert_eq!(flagged, !beside, "{allele:?}");
            let context = || format!("seed {seed}: {allele:?} {told:?} on {:?}", apart.world.transcript);
            let expected = apart.edited(&allele, &mut dice);
            let Some(name) = &told.hgvsc else {
                unnamed += u32::from(!beside);
                assert_eq!(expected, None, "{}", context());
                continue;
            };
            let Some(applied) = apart.applied(name) else { continue };
            named += 1;
            if told.intron.is_none() && !apart.lies_over_the_gap(&allele, &mut dice) {
                let gain = allele.alternate.len() as i64 - allele.reference.len() as i64;
                assert_eq!(applied.len() as i64, apart.own.len() as i64 + gain, "{}", context());
            }
            if let Some(expected) = expected {
                exact += 1;
                assert_eq!(applied, expected, "{}", context());
            }
        }
    }
    println!(
        "beside gaps: {named} names, {exact} of them with one certain outcome; {unnamed} without a name"
    );
    assert!(exact > 2_000 && named > exact && unnamed > 20);
}
