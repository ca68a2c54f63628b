#!/bin/bash
# Goal: tests/flow/37-load.sh with ten minutes of soak. For the hour: SOAK_SECONDS=3600 (an hour is
# more than run.sh lets a script have).
SOAK_SECONDS=${SOAK_SECONDS:-600} exec bash "$(dirname "$0")/../flow/37-load.sh"
