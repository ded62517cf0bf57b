/** E-mail addresses of users, from the mailer plugin: only this package knows it, and nobody imports this package. */
package io.jenkins.plugins.servicenowconnector.step.mail;
