/**
 * The command line: the program's main, one class per command, and the ways to a messenger (attached to a running node, hosting
 * one, or opening the vault for a moment). Knows the messenger by {@code node.api} alone; other modules add commands through
 * {@link sotto.node.cli.CommandProvider}. Must not load cryptography, network or storage while a running node does the work.
 */
@NullMarked
package sotto.node.cli;

import org.jspecify.annotations.NullMarked;
