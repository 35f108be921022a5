#include "pipe/pool.h"
#include "base/limits.h"
#include "base/os.h"
#include "pipe/pipe_internal.h"

#include <pthread.h>

/* Documents on their way for each thread: enough that a long report does not hold up the others, few enough
 * that memory stays flat. */
#define WINDOW_PER_THREAD 16u

typedef struct slot {
    gr_task task;
    gr_worker *worker; /* the worker whose arena holds task.coded, while it is kept */
    bool done;
} slot;

/* Slots form a ring. Numbers only rise: finished <= picked <= produced <= finished + window. */
typedef struct pool {
    const gr_pool_plan *plan;
    pthread_mutex_t lock;
    pthread_cond_t work, result;
    slot *ring;
    uint64_t window, produced, picked, finished;
    gr_worker **idle; /* workers that no document uses */
    unsigned idle_count;
    bool closing;
} pool;

static void code_task(const gr_pool_plan *plan, gr_worker *worker, gr_task *task) {
    if (plan->load && !task->settled && task->status == GR_OK) plan->load(plan->context, task);
    if (task->settled || task->status != GR_OK) return;
    gr_understood found;
    task->status = gr_worker_understand(worker, (gr_slice){task->bytes, task->len}, &task->source,
                                        &task->coded, &found, &task->error);
    if (task->status != GR_OK) return;
    task->lang_unsure = !task->coded.lang_sure;
    if (plan->write)
        plan->write(plan->library, &task->coded, &found, &task->json);
    else if (plan->options.incidents)
        gr_write_incidents(plan->library, &task->coded, &task->json);
    else
        gr_write_claims(plan->library, &task->coded, &task->json);
    if (task->json.failed)
        task->status =
            gr_fail(&task->error, GR_NO_MEMORY, NULL, "out of memory while writing what was found");
}

/* Documents are picked in order and only together with a worker, so the oldest one always has a worker and
 * the pool cannot lock up. */
static void *thread_main(void *argument) {
    pool *p = argument;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->closing && (p->picked == p->produced || p->idle_count == 0))
            pthread_cond_wait(&p->work, &p->lock);
        if (p->closing) break;
        slot *mine = &p->ring[p->picked++ % p->window];
        gr_worker *worker = p->idle[--p->idle_count];
        pthread_mutex_unlock(&p->lock);
        code_task(p->plan, worker, &mine->task);
        pthread_mutex_lock(&p->lock);
        if (p->plan->keep_coded)
            mine->worker = worker;
        else
            p->idle[p->idle_count++] = worker;
        mine->done = true;
        pthread_cond_signal(&p->result);
        if (p->picked < p->produced) pthread_cond_signal(&p->work);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void release(gr_task *task) {
    gr_os_free(task->bytes);
    gr_buffer_free(&task->json);
}

/* Hands out the next document; false when there are no more. Called without the lock: the slot behind
 * `produced` belongs to the caller's thread. */
static bool hand_out(pool *p) {
    slot *next = &p->ring[p->produced % p->window];
    *next = (slot){0};
    if (!p->plan->next(p->plan->context, &next->task)) {
        release(&next->task);
        return false;
    }
    pthread_mutex_lock(&p->lock);
    p->produced++;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
    return true;
}

static void take_result(pool *p) {
    slot *head = &p->ring[p->finished % p->window];
    p->plan->finish(p->plan->context, &head->task);
    release(&head->task);
    pthread_mutex_lock(&p->lock);
    if (head->worker) p->idle[p->idle_count++] = head->worker;
    p->finished++;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
}

static void wait_for_head(pool *p) {
    pthread_mutex_lock(&p->lock);
    while (!p->ring[p->finished % p->window].done) pthread_cond_wait(&p->result, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

static bool head_done(pool *p) {
    pthread_mutex_lock(&p->lock);
    bool done = p->finished < p->produced && p->ring[p->finished % p->window].done;
    pthread_mutex_unlock(&p->lock);
    return done;
}

/* Is it time to hand out another document? */
static bool wants_more(const pool *p) {
    uint64_t under_way = p->produced - p->finished;
    return under_way < p->window && (under_way == 0 || !p->plan->ready || p->plan->ready(p->plan->context));
}

static void serve(pool *p) {
    bool more = true;
    while (more || p->finished < p->produced) {
        if (head_done(p))
            take_result(p);
        else if (more && wants_more(p))
            more = hand_out(p);
        else
            wait_for_head(p);
    }
}

static gr_status start_workers(pool *p, unsigned count, gr_error *err) {
    for (unsigned i = 0; i < count; i++) {
        gr_worker *worker = gr_worker_new(p->plan->library, p->plan->options, err);
        if (!worker) return err->status;
        p->idle[p->idle_count++] = worker;
    }
    return GR_OK;
}

static gr_status run_threads(pool *p, unsigned threads, gr_error *err) {
    pthread_t thread[GR_MAX_THREADS];
    unsigned started = 0;
    while (started < threads && pthread_create(&thread[started], NULL, thread_main, p) == 0) started++;
    if (started) serve(p);
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < started; i++) pthread_join(thread[i], NULL);
    return started ? GR_OK : gr_fail(err, GR_NO_MEMORY, NULL, "no thread can be started; raise ulimit -u");
}

gr_status gr_pool_run(const gr_pool_plan *plan, gr_error *err) {
    gr_error local = {0};
    if (!err) err = &local;
    unsigned threads = plan->threads;
    if (plan->documents && plan->documents < threads) threads = (unsigned)plan->documents;
    unsigned workers = plan->keep_coded && plan->documents != 1 ? 2 * threads : threads;
    pool p = {.plan = plan, .window = plan->keep_coded ? workers : WINDOW_PER_THREAD * threads};
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.work, NULL);
    pthread_cond_init(&p.result, NULL);
    p.ring = gr_os_alloc(p.window * sizeof *p.ring);
    p.idle = gr_os_alloc(workers * sizeof *p.idle);
    gr_status status = GR_OK;
    if (!p.ring || !p.idle)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while starting %u threads", threads);
    if (status == GR_OK) status = start_workers(&p, workers, err);
    if (status == GR_OK) status = run_threads(&p, threads, err);
    while (p.idle_count) gr_worker_free(p.idle[--p.idle_count]);
    gr_os_free(p.ring);
    gr_os_free(p.idle);
    pthread_cond_destroy(&p.work);
    pthread_cond_destroy(&p.result);
    pthread_mutex_destroy(&p.lock);
    return status;
}
