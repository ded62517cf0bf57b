package io.jenkins.plugins.servicenowconnector.step;

import hudson.EnvVars;
import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;

/** Puts the values of environment variables into a step's texts, wherever they stand. */
public final class Expansion {

    private final EnvVars environment;
    private final TaskListener listener;

    /** @param environment the values by the names of the variables */
    public Expansion(EnvVars environment, TaskListener listener) {
        this.environment = environment;
        this.listener = listener;
    }

    /** A copy of the step with everything put in. */
    @SuppressWarnings("unchecked")
    public <S extends Step> S of(S step) {
        DescribableModel<S> model = DescribableModel.of((Class<S>) step.getClass());
        Map<String, Object> given = new LinkedHashMap<>();
        model.uninstantiate2(step).getArguments().forEach((name, value) -> given.put(name, expanded(value)));
        try {
            return model.instantiate(given, listener);
        } catch (Exception e) {
            throw new IllegalStateException("a step that was made once can be made again", e);
        }
    }

    private Object expanded(Object value) {
        if (value instanceof String text) {
            return environment.expand(text);
        }
        if (value instanceof UninstantiatedDescribable part) {
            Map<String, Object> copy = new LinkedHashMap<>();
            part.getArguments().forEach((name, each) -> copy.put(name, expanded(each)));
            UninstantiatedDescribable put = new UninstantiatedDescribable(part.getSymbol(), part.getKlass(), copy);
            put.setModel(part.getModel());
            return put;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(expanded(each)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, each) -> copy.put(name.toString(), expanded(each)));
            return copy;
        }
        return value;
    }
}
