//! The place of the regulatory terms (`TF_binding_site_variant`, `regulatory_region_variant` and their
//! ablations): they need a table of regulatory features, which the bundle does not hold yet.
