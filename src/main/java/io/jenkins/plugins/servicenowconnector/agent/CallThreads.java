package io.jenkins.plugins.servicenowconnector.agent;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/**
 * The threads on which calls to ServiceNow are waited for: few, our own, gone when nothing is to be done.
 *
 * <p>Neither Pipeline's thread nor Jenkins' timer may wait for a call.
 */
@Extension
public class CallThreads {

    private static final int MOST = 16;

    private final ExecutorService pool = create();

    /** As Jenkins itself: nobody in particular asks for what is done in the background. */
    private final ExecutorService threads = new ImpersonatingExecutorService(pool, ACL.SYSTEM2);

    /** The one set of threads of this Jenkins. */
    public static CallThreads get() {
        return ExtensionList.lookupSingleton(CallThreads.class);
    }

    /** Runs something that may wait for a call. */
    public Future<?> run(Runnable work) {
        return threads.submit(work);
    }

    /** Runs something that may wait for a call, but not before a time has passed. */
    public void runLater(Runnable work, long delay, TimeUnit unit) {
        Timer.get().schedule(() -> threads.execute(work), delay, unit);
    }

    /** Ends the threads with Jenkins, so that no call outlives it. */
    @Terminator
    public static void end() {
        get().pool.shutdownNow();
    }

    private static ExecutorService create() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST,
                MOST,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "ServiceNow call"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
