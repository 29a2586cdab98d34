//! A family's alleles from one joint file or several.
