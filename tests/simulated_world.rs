//! `test-data/` is exactly what the simulator writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ithaca_simulate::{Settings, write_world};

/// Every file below `root`, by its path from there.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_committed_world_regenerates_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    write_world(&Settings::default(), folder.path()).unwrap();
    let made = files(folder.path());
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("test-data"));
    let names = |map: &BTreeMap<PathBuf, Vec<u8>>| map.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&committed), "files differ; run `ithaca simulate --output test-data`");
    for (name, bytes) in &made {
        assert!(
            bytes == &committed[name],
            "{} differs; run `ithaca simulate --output test-data`",
            name.display()
        );
    }
    let size: usize = committed.values().map(Vec::len).sum();
    assert!(size <= 5_000_000, "test-data holds {size} bytes");
}
