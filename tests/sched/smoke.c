#include "tests/test.h"
#include "sched/crew.h"
#include "sched/mailbox.h"
#include "sched/check.h"
#include <stdlib.h>
struct m { struct message message; unsigned hops; };
static void run(struct task *t, struct shard *here){
  struct m *m = CONTAINER_OF(CONTAINER_OF(t,struct message,task), struct m, message);
  if (m->hops-- == 0) { free(m); return; }
  mailbox_post(here->mail, (here->id+1)%here->count, &m->message);
}
static void drop(struct message *m){ free(CONTAINER_OF(m,struct m,message)); }
static int open_(struct shard *s, void *a){ (void)a; struct m *m = calloc(1,sizeof *m); m->message.task.run=run; m->message.discard=drop; m->hops=100; 
 mailbox_post(s->mail,(s->id+1)%s->count,&m->message); return 0;}
static atomic_int exits;
static void exit_(struct shard *s, void *a){(void)s;(void)a; exits++;}
static void intr(struct shard *s, void *a){(void)s;(void)a;}
static void close_(struct shard *s, void *a){(void)s;(void)a;}
TEST(crew_drains){
  for (int i=0;i<200;i++){
  exits=0;
  struct crew_program p={open_,exit_,intr,close_,NULL}; struct crew_options o={4,false}; bool j;
  CHECK_EQ(crew_run(&o,&p,&j),0); CHECK_EQ(j,1); CHECK_EQ(exits,4);
  }
}
