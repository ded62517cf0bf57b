/** What only Declarative Pipelines have: the only package that knows their plugin, and nobody imports it. */
package io.jenkins.plugins.servicenowconnector.step.declarative;
