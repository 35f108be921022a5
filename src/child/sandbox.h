/* Walls around a process that reads what strangers wrote. To be called after fork, with one thread. */
#ifndef GRIOT_CHILD_SANDBOX_H
#define GRIOT_CHILD_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* The child that reads: nothing but its own memory and descriptor `fd`, which becomes number 3. No files, no
 * network, no processes; at most memory_b of address space beyond what it has. Returns 3, or -1. */
int gr_sandbox_reader(int fd, size_t memory_b);
/* A foreign program before exec: standard input `in`, standard output `out`; it may read what programs need
 * (/usr, /lib, /etc/fonts and the like), write no file, open no socket, start no other program that is not
 * installed. False where a wall cannot be put up. */
bool gr_sandbox_program(int in, int out, size_t memory_b, unsigned cpu_s);

#endif
