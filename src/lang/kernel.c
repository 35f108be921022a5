#include "lang/kernel.h"

#if defined(__x86_64__)
static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2");
}

static bool has_vnni(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vnni");
}

const gr_kernels *gr_kernels_get(gr_kernel kind) {
    switch (kind) {
    case GR_KERNEL_PLAIN:
        return &gr_kernels_plain;
    case GR_KERNEL_AVX2:
        return has_avx2() ? &gr_kernels_avx2 : NULL;
    case GR_KERNEL_VNNI:
        return has_vnni() ? &gr_kernels_vnni : NULL;
    case GR_KERNEL_AUTO:
        break;
    }
    return has_vnni() ? &gr_kernels_vnni : has_avx2() ? &gr_kernels_avx2 : &gr_kernels_plain;
}
#else
const gr_kernels *gr_kernels_get(gr_kernel kind) {
    return kind == GR_KERNEL_PLAIN || kind == GR_KERNEL_AUTO ? &gr_kernels_plain : NULL;
}
#endif

bool gr_kernel_here(gr_kernel kernel) {
    return gr_kernels_get(kernel) != NULL;
}
