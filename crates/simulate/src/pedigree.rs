//! Who is in a family, and which stretch of which parent's chromosome each child received.

use super::genome::{M, PSEUDOAUTOSOMAL, X, Y};
use super::random::Random;

/// How far a member takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// In the samplesheet, with calls.
    Sequenced,
    /// In the samplesheet, no calls.
    Listed,
    /// Only there so that relatives share what they should.
    Hidden,
}

/// One member; parents stand before their children.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name within the family: `proband`, `mother`, …
    pub name: &'static str,
    /// Male or female.
    pub male: bool,
    /// `yes`, `no` or `unknown`.
    pub affected: &'static str,
    /// Index of the mother.
    pub mother: Option<usize>,
    /// Index of the father.
    pub father: Option<usize>,
    /// Whether sequenced.
    pub part: Part,
}

/// A family.
#[derive(Clone, Debug, Default)]
pub struct Pedigree {
    /// Parents before children.
    pub members: Vec<Member>,
    /// A member with both copies of a contig from the mother: member, contig.
    pub isodisomy: Option<(usize, usize)>,
}

impl Pedigree {
    /// Reads rows `name sex affected mother father part`, `-` for none; sex `m f`, affected `a u ?`,
    /// part `s` sequenced, `l` listed, `h` hidden.
    pub fn new(rows: &[&'static str]) -> Self {
        let mut members: Vec<Member> = Vec::new();
        for row in rows {
            let mut fields = row.split_whitespace();
            let mut next = || fields.next().unwrap_or("-");
            let (name, sex, affected) = (next(), next(), next());
            let find = |name: &str| members.iter().position(|m| m.name == name);
            let (mother, father) = (find(next()), find(next()));
            let part = match next() {
                "s" => Part::Sequenced,
                "l" => Part::Listed,
                _ => Part::Hidden,
            };
            let affected = match affected {
                "a" => "yes",
                "u" => "no",
                _ => "unknown",
            };
            members.push(Member { name, male: sex == "m", affected, mother, father, part });
        }
        Self { members, isodisomy: None }
    }

    /// Index of a member.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|m| m.name == name)
    }

    /// Members with calls.
    pub fn sequenced(&self) -> Vec<usize> {
        (0..self.members.len()).filter(|i| self.members[*i].part == Part::Sequenced).collect()
    }

    /// Which of a member's two copies exist at a place: copy 0 is the mother's, copy 1 the father's.
    pub fn copies(&self, member: usize, contig: usize, position: u32) -> &'static [usize] {
        let male = self.members[member].male;
        match contig {
            X if male && position >= PSEUDOAUTOSOMAL => &[0],
            // The Y copy of the pseudoautosomal region is called on X.
            Y if position < PSEUDOAUTOSOMAL => &[],
            Y if male => &[1],
            Y => &[],
            M => &[0],
            _ => &[0, 1],
        }
    }
}

/// Places where a meiosis must hand on a given copy.
type Wanted = Vec<(u32, usize)>;

/// One meiosis over one contig: the parent's copy at the start, and where it changes.
#[derive(Clone, Debug, Default)]
struct Meiosis {
    first: usize,
    crossovers: Vec<u32>,
}

impl Meiosis {
    fn copy_at(&self, position: u32) -> usize {
        (self.first + self.crossovers.iter().filter(|c| **c <= position).count()) % 2
    }
}

/// An allele that enters the family on one copy of one member and goes the ways it is told.
#[derive(Clone, Debug)]
pub struct Descent {
    /// Contig index.
    pub contig: usize,
    /// 0-based.
    pub position: u32,
    /// The member in whom it is first.
    pub founder: usize,
    /// On which copy.
    pub copy: usize,
    /// Parent and child of each meiosis that hands it on; all others don't.
    pub path: Vec<(usize, usize)>,
}

/// Every meiosis of a family, consistent with all descents.
pub struct Inheritance {
    /// `[contig][member][0 mother, 1 father]`.
    meioses: Vec<Vec<[Meiosis; 2]>>,
    isodisomy: Option<(usize, usize)>,
}

impl Inheritance {
    /// Draws crossovers and bends them so that every descent comes true; gives too which copies of each
    /// member carry each descent's allele. `None` where two descents contradict each other.
    pub fn new(
        pedigree: &Pedigree,
        lengths: &[u32],
        descents: &[Descent],
        random: &mut Random,
    ) -> Option<(Self, Vec<Vec<[bool; 2]>>)> {
        let count = pedigree.members.len();
        let mut wanted: Vec<Vec<[Wanted; 2]>> =
            (0..lengths.len()).map(|_| (0..count).map(|_| [Vec::new(), Vec::new()]).collect()).collect();
        let mut carriers = Vec::new();
        for descent in descents {
            let mut bears = vec![[false; 2]; count];
            bears[descent.founder][descent.copy] = true;
            for child in 0..count {
                for (side, parent) in sides(pedigree, child) {
                    let Some(parent) = parent else { continue };
                    let isodisomic = pedigree.isodisomy == Some((child, descent.contig));
                    if bears[parent] == [false, false] || (isodisomic && side == 1) {
                        continue;
                    }
                    let handed = descent.path.contains(&(parent, child));
                    let copy = (0..2).find(|c| bears[parent][*c] == handed);
                    wanted[descent.contig][child][side].push((descent.position, copy?));
                    bears[child][side] |= handed;
                    bears[child][1] |= handed && isodisomic;
                }
            }
            carriers.push(bears);
        }
        let mut meioses = Vec::new();
        for (contig, wanted) in wanted.into_iter().enumerate() {
            let mut members = Vec::new();
            for (child, sides) in wanted.into_iter().enumerate() {
                let [mother, father] = sides;
                let male = pedigree.members[child].male;
                let from_mother = match contig {
                    M => Meiosis::default(),
                    _ => meiosis(mother, lengths[contig], random)?,
                };
                // A father's X and Y don't cross over here: X goes to daughters, Y to sons.
                let from_father = match contig {
                    X | Y | M => Meiosis { first: usize::from(male), crossovers: Vec::new() },
                    _ => meiosis(father, lengths[contig], random)?,
                };
                members.push([from_mother, from_father]);
            }
            meioses.push(members);
        }
        Some((Self { meioses, isodisomy: pedigree.isodisomy }, carriers))
    }

    /// The founder and copy that a member's copy descends from at a place.
    pub fn origin(
        &self,
        pedigree: &Pedigree,
        mut member: usize,
        mut copy: usize,
        contig: usize,
        position: u32,
    ) -> (usize, usize) {
        loop {
            if self.isodisomy == Some((member, contig)) {
                copy = 0;
            }
            let person = &pedigree.members[member];
            let parent = if copy == 0 { person.mother } else { person.father };
            let Some(parent) = parent else { return (member, copy) };
            copy = self.meioses[contig][member][copy].copy_at(position);
            member = parent;
        }
    }
}

fn sides(pedigree: &Pedigree, child: usize) -> [(usize, Option<usize>); 2] {
    [(0, pedigree.members[child].mother), (1, pedigree.members[child].father)]
}

/// A meiosis through all `wanted` places; where it is free, one crossover in three.
fn meiosis(mut wanted: Wanted, length: u32, random: &mut Random) -> Option<Meiosis> {
    wanted.sort_unstable();
    let first = wanted.first().map_or(random.below(2) as usize, |w| w.1);
    let mut crossovers = Vec::new();
    for pair in wanted.windows(2) {
        if pair[0].1 != pair[1].1 {
            if pair[0].0 == pair[1].0 {
                return None;
            }
            crossovers.push(pair[0].0 + (pair[1].0 - pair[0].0).div_ceil(2));
        }
    }
    if wanted.is_empty() && random.chance(0.33) {
        crossovers.push(random.below(length));
    }
    Some(Meiosis { first, crossovers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allele_goes_where_it_is_told() {
        let pedigree = Pedigree::new(&[
            "father m u - - s",
            "mother f u - - s",
            "child f a mother father s",
            "sib m u mother father s",
        ]);
        let descent = Descent { contig: 0, position: 500, founder: 1, copy: 0, path: vec![(1, 2)] };
        for seed in 0..20 {
            let mut random = Random::new(seed, "test");
            let lengths = [1_000; 6];
            let (inheritance, carriers) =
                Inheritance::new(&pedigree, &lengths, std::slice::from_ref(&descent), &mut random).unwrap();
            assert_eq!(carriers[0], [[false, false], [true, false], [true, false], [false, false]]);
            assert_eq!(inheritance.origin(&pedigree, 2, 0, 0, 500), (1, 0));
            assert_eq!(inheritance.origin(&pedigree, 3, 0, 0, 500), (1, 1));
            assert_eq!(inheritance.origin(&pedigree, 3, 1, X, 600), (0, 1));
        }
    }
}
