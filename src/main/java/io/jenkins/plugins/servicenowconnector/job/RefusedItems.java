package io.jenkins.plugins.servicenowconnector.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Items;
import hudson.model.Job;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The last builds of a job that were not started, the newest first: in a small file beside the job, and on its page. */
@ExportedBean
public class RefusedItems extends InvisibleAction {

    private static final Logger LOGGER = Logger.getLogger(RefusedItems.class.getName());

    private static final int MOST = 20;

    private final Job<?, ?> job;

    private RefusedItems(Job<?, ?> job) {
        this.job = job;
    }

    /** Those of a job. */
    public static RefusedItems of(Job<?, ?> job) {
        return new RefusedItems(job);
    }

    /** The builds that were not started; empty if there are none, or the file cannot be read. */
    @Exported
    @SuppressWarnings("unchecked")
    public List<RefusedItem> getItems() {
        XmlFile file = file();
        if (!file.exists()) {
            return List.of();
        }
        try {
            synchronized (RefusedItems.class) {
                return List.copyOf((List<RefusedItem>) file.read());
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the list of builds that were not started cannot be read: " + file);
            return List.of();
        }
    }

    /** Adds one, in place of the oldest if there are too many; if it cannot be written, Jenkins' log has it. */
    public void add(RefusedItem refused) {
        synchronized (RefusedItems.class) {
            List<RefusedItem> all = new ArrayList<>(getItems());
            all.add(0, refused);
            try {
                file().write(new ArrayList<>(all.subList(0, Math.min(all.size(), MOST))));
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "a build of " + job.getFullName() + " was not started: " + refused.getReason());
            }
        }
    }

    /** A moment as a view formats it. */
    public Date date(RefusedItem item) {
        return new Date(item.getWhen());
    }

    private XmlFile file() {
        return new XmlFile(Items.XSTREAM2, new File(job.getRootDir(), "servicenow-refused.xml"));
    }

    /** Puts the list on every job's page. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            return List.of(new RefusedItems((Job<?, ?>) target));
        }
    }
}
