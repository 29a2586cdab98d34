//! Reading what a referral brings: samplesheet, pedigree, VCF, gVCF or BCF in parallel batches, and BAM or CRAM.
//!
//! A file is read in *waves*. Raw BGZF blocks are taken from the file in batches; rayon workers inflate
//! the batches; one cheap serial step cuts them at record edges and numbers the records; workers then parse
//! the wanted sample columns and hand the records to the caller's work; results come out in file order.
//! Memory is bounded by the size of a wave, never by the size of the file. Everything runs inside the
//! caller's rayon pool, so its size is a strict cap.
//!
//! Input is refused ([`error::ReadError`]) where its meaning is in doubt, and otherwise accepted with a
//! warning that is reported; never silently passed.

pub mod alignments;
pub mod bgzf;
pub mod binning_index;
pub mod buffers;
pub mod contigs;
pub mod digest;
pub mod error;
pub mod extents;
pub mod source;
pub mod variants;
