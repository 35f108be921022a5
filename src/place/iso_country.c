#include "place/source.h"

/* ISO 3166-1, with XK for Kosovo as GeoNames has it. Sorted. */
static const char CODE[][6] = {
    "ADAND", "AEARE", "AFAFG", "AGATG", "AIAIA", "ALALB", "AMARM", "ANANT", "AOAGO", "AQATA", "ARARG",
    "ASASM", "ATAUT", "AUAUS", "AWABW", "AXALA", "AZAZE", "BABIH", "BBBRB", "BDBGD", "BEBEL", "BFBFA",
    "BGBGR", "BHBHR", "BIBDI", "BJBEN", "BLBLM", "BMBMU", "BNBRN", "BOBOL", "BQBES", "BRBRA", "BSBHS",
    "BTBTN", "BVBVT", "BWBWA", "BYBLR", "BZBLZ", "CACAN", "CCCCK", "CDCOD", "CFCAF", "CGCOG", "CHCHE",
    "CICIV", "CKCOK", "CLCHL", "CMCMR", "CNCHN", "COCOL", "CRCRI", "CSSCG", "CUCUB", "CVCPV", "CWCUW",
    "CXCXR", "CYCYP", "CZCZE", "DEDEU", "DJDJI", "DKDNK", "DMDMA", "DODOM", "DZDZA", "ECECU", "EEEST",
    "EGEGY", "EHESH", "ERERI", "ESESP", "ETETH", "FIFIN", "FJFJI", "FKFLK", "FMFSM", "FOFRO", "FRFRA",
    "GAGAB", "GBGBR", "GDGRD", "GEGEO", "GFGUF", "GGGGY", "GHGHA", "GIGIB", "GLGRL", "GMGMB", "GNGIN",
    "GPGLP", "GQGNQ", "GRGRC", "GSSGS", "GTGTM", "GUGUM", "GWGNB", "GYGUY", "HKHKG", "HMHMD", "HNHND",
    "HRHRV", "HTHTI", "HUHUN", "IDIDN", "IEIRL", "ILISR", "IMIMN", "ININD", "IOIOT", "IQIRQ", "IRIRN",
    "ISISL", "ITITA", "JEJEY", "JMJAM", "JOJOR", "JPJPN", "KEKEN", "KGKGZ", "KHKHM", "KIKIR", "KMCOM",
    "KNKNA", "KPPRK", "KRKOR", "KWKWT", "KYCYM", "KZKAZ", "LALAO", "LBLBN", "LCLCA", "LILIE", "LKLKA",
    "LRLBR", "LSLSO", "LTLTU", "LULUX", "LVLVA", "LYLBY", "MAMAR", "MCMCO", "MDMDA", "MEMNE", "MFMAF",
    "MGMDG", "MHMHL", "MKMKD", "MLMLI", "MMMMR", "MNMNG", "MOMAC", "MPMNP", "MQMTQ", "MRMRT", "MSMSR",
    "MTMLT", "MUMUS", "MVMDV", "MWMWI", "MXMEX", "MYMYS", "MZMOZ", "NANAM", "NCNCL", "NENER", "NFNFK",
    "NGNGA", "NINIC", "NLNLD", "NONOR", "NPNPL", "NRNRU", "NUNIU", "NZNZL", "OMOMN", "PAPAN", "PEPER",
    "PFPYF", "PGPNG", "PHPHL", "PKPAK", "PLPOL", "PMSPM", "PNPCN", "PRPRI", "PSPSE", "PTPRT", "PWPLW",
    "PYPRY", "QAQAT", "REREU", "ROROU", "RSSRB", "RURUS", "RWRWA", "SASAU", "SBSLB", "SCSYC", "SDSDN",
    "SESWE", "SGSGP", "SHSHN", "SISVN", "SJSJM", "SKSVK", "SLSLE", "SMSMR", "SNSEN", "SOSOM", "SRSUR",
    "SSSSD", "STSTP", "SVSLV", "SXSXM", "SYSYR", "SZSWZ", "TCTCA", "TDTCD", "TFATF", "TGTGO", "THTHA",
    "TJTJK", "TKTKL", "TLTLS", "TMTKM", "TNTUN", "TOTON", "TRTUR", "TTTTO", "TVTUV", "TWTWN", "TZTZA",
    "UAUKR", "UGUGA", "UMUMI", "USUSA", "UYURY", "UZUZB", "VAVAT", "VCVCT", "VEVEN", "VGVGB", "VIVIR",
    "VNVNM", "VUVUT", "WFWLF", "WSWSM", "XKXKX", "YEYEM", "YTMYT", "ZAZAF", "ZMZMB", "ZWZWE",
};

const char *gr_alpha3(gr_slice alpha2) {
    if (alpha2.len != 2) return NULL;
    size_t low = 0, high = sizeof CODE / sizeof *CODE;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(CODE[middle], alpha2.ptr, 2);
        if (order == 0) return CODE[middle] + 2;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
