/**
 * Files in plain formats that pandas, R and PyTorch read: NumPy arrays, CSV, JSON. Nothing here knows a scan or a
 * network. A file is written aside and moved into place, so that a reader, or a program that is killed, sees the old
 * one or the new one and never half of it; a folder is written by one program at a time; text is UTF-8 with {@code \n}
 * and numbers have points, wherever the machine stands. In: values and paths. Out: files, or a {@link anogan.UserError}
 * that names the file and says what to do.
 */
package anogan.io;
