//! Random pedigrees for the tests of segregation.

use ithaca::model::family::Family;
use ithaca::model::participant::{Affection, Participant, Role, Sex};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

/// True when the long tests are asked for.
#[expect(clippy::disallowed_methods, reason = "a switch for tests; no result depends on it")]
pub fn long_mode() -> bool {
    std::env::var_os("ITHACA_LONG_TESTS").is_some()
}

/// A number below `limit`.
pub fn below(random: &mut ChaCha8Rng, limit: u32) -> u32 {
    random.next_u32() % limit
}

/// Identifier, mother, father, sex, affection.
pub type Row<'a> = (&'a str, Option<usize>, Option<usize>, Sex, Affection);

/// A family of these rows; the first is the proband.
pub fn family_of(rows: &[Row]) -> Family {
    let members = rows
        .iter()
        .map(|&(id, mother, father, sex, affection)| Participant {
            id: id.to_owned(),
            role: Role::Relative("relative".to_owned()),
            sex,
            sex_chromosomes: None,
            affection,
            mother,
            father,
            vcf: None,
            vcf_sample: None,
            alignments: None,
        })
        .collect();
    Family { id: "F".to_owned(), members, proband: 0, consanguineous: false }
}

/// A proband with some of: parents, siblings, half-siblings, grandparents, a child; in any order of rows
/// after the proband. The proband is affected; of the others anyone may be, or it may not be known.
pub fn random_pedigree(random: &mut ChaCha8Rng, most: usize) -> Family {
    #[derive(Clone, Copy)]
    struct Person {
        mother: Option<usize>,
        father: Option<usize>,
        sex: Sex,
    }
    let sex = |random: &mut ChaCha8Rng| match below(random, 8) {
        0 => Sex::Unknown,
        1..=3 => Sex::Male,
        _ => Sex::Female,
    };
    let stated = |random: &mut ChaCha8Rng, sex| if below(random, 10) == 0 { Sex::Unknown } else { sex };
    let mut people = vec![Person { mother: None, father: None, sex: sex(random) }];
    if below(random, 5) > 0 {
        people.push(Person { mother: None, father: None, sex: stated(random, Sex::Female) });
        people[0].mother = Some(people.len() - 1);
    }
    if below(random, 5) > 0 && people.len() < most {
        people.push(Person { mother: None, father: None, sex: stated(random, Sex::Male) });
        people[0].father = Some(people.len() - 1);
    }
    while people.len() < most && below(random, 3) > 0 {
        let (mother, father) = (people[0].mother, people[0].father);
        match below(random, 5) {
            0 | 1 => people.push(Person { mother, father, sex: sex(random) }),
            2 => people.push(Person { mother, father: None, sex: sex(random) }),
            3 => {
                let Some(parent) = mother.or(father) else { continue };
                if people[parent].mother.is_none() {
                    people.push(Person { mother: None, father: None, sex: Sex::Female });
                    people[parent].mother = Some(people.len() - 1);
                } else if people[parent].father.is_none() {
                    people.push(Person { mother: None, father: None, sex: Sex::Male });
                    people[parent].father = Some(people.len() - 1);
                }
            }
            _ => {
                let child = match people[0].sex {
                    Sex::Male => Person { mother: None, father: Some(0), sex: sex(random) },
                    Sex::Female => Person { mother: Some(0), father: None, sex: sex(random) },
                    Sex::Unknown => continue,
                };
                people.push(child);
            }
        }
    }
    let names: Vec<String> = (0..people.len()).map(|i| format!("M{i}")).collect();
    let rows: Vec<Row> = people
        .iter()
        .zip(&names)
        .enumerate()
        .map(|(i, (p, name))| {
            let affection = match (i, below(random, 6)) {
                (0, _) | (_, 0 | 1) => Affection::Affected,
                (_, 2) => Affection::Unknown,
                _ => Affection::Unaffected,
            };
            (name.as_str(), p.mother, p.father, p.sex, affection)
        })
        .collect();
    family_of(&rows)
}
