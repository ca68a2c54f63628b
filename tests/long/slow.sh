#!/bin/bash
# Goal: tests/flow/34-slow.sh for four minutes an attack.
SLOW_SECONDS=240 exec bash "$(dirname "$0")/../flow/34-slow.sh"
