#!/bin/bash
# Goal: 41-power.sh with 10,000 power losses from a fresh seed: POWER_SEED=... gives the same again.
. "$(dirname "$0")/../flow/lib.sh"
seed=${POWER_SEED:-$(od -An -N8 -tx8 /dev/urandom | tr -d ' ')}

ok "10,000 power losses, seed $seed" "$BUILD/tests/faults/power" 10000 "$seed"
passed "$(tail -n 1 "$WORK/out")"
