# One image for every role: `serve` answers, `worker` parses, `db upgrade` makes the tables.
#
#   docker build -t sagesman .
#   docker run --rm -v sagesman:/data sagesman keys create desk --scope write
#   docker run -p 8000:8000 -v sagesman:/data sagesman
#
# The plain build of torch on Linux brings an accelerator's libraries along, which Sagesman has no use for. To get the CPU
# build, give the address of the index that has it: --build-arg PIP_EXTRA_INDEX_URL=…  (README, "Installing").

FROM python:3.11-slim-bookworm AS build

ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_INPUT=1

RUN python -m venv /opt/sagesman
WORKDIR /src
# The dependencies are a layer of their own, so that a change in the code does not fetch them anew.
COPY requirements.lock ./
RUN /opt/sagesman/bin/pip install -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY migrations ./migrations
COPY app ./app
RUN /opt/sagesman/bin/pip install --no-deps .


FROM python:3.11-slim-bookworm

RUN useradd --system --uid 10001 --create-home --home-dir /home/sagesman sagesman \
    && install --directory --owner=sagesman --group=sagesman /data
COPY --from=build /opt/sagesman /opt/sagesman

# Inside a container the loopback interface reaches nobody. Who may reach the port is the host's decision (-p …), which
# nothing in here can see: requests need a key, unless SAGESMAN_REQUIRE_KEYS=never says that the host looks after that.
ENV PATH=/opt/sagesman/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SAGESMAN_HOST=0.0.0.0 \
    SAGESMAN_PORT=8000 \
    SAGESMAN_LOG_FORMAT=json \
    SAGESMAN_DATABASE_URL=sqlite:////data/sagesman.db \
    SAGESMAN_MODEL_DIR=/data/models

USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['SAGESMAN_PORT'] + '/healthz', timeout=2)"]

ENTRYPOINT ["sagesman"]
CMD ["serve"]
