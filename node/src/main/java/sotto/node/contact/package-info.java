/**
 * Who we know and how we came to know them: contacts, invitations, knocks, recognition, blocking and verification marks.
 * Does not know what is said between contacts.
 */
@NullMarked
package sotto.node.contact;

import org.jspecify.annotations.NullMarked;
