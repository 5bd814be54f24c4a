#pragma once
#include <errno.h>
#include <lmdb.h>
