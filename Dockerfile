# Two stages: the first has a compiler, the second only the program and its pipeline definitions.
# How to build and run it: docs/container.md.

FROM docker.io/library/rust:1.95-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked --bin ithaca \
    && install -D --strip --mode 0755 target/release/ithaca /image/usr/local/bin/ithaca

FROM docker.io/library/debian:bookworm-slim
LABEL org.opencontainers.image.title="ithaca" \
      org.opencontainers.image.description="Batch pipeline for clinical variant interpretation" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /image/ /
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/ithaca/
COPY pipelines /usr/share/ithaca/pipelines
# The simulated world, so that an installation can be tried where it will be used.
COPY test-data /usr/share/ithaca/test-data
# By number: `runAsNonRoot` and the like can check a number, not a name.
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["/usr/local/bin/ithaca"]
CMD ["--help"]
