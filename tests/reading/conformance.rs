//! The conformance files of the VCF specifications: what is accepted, and what is refused and why.
