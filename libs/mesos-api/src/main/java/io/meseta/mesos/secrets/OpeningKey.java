package io.meseta.mesos.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;

/// Opens what was sealed with its [SealingKey].
public final class OpeningKey {

    private static final int FILE_BYTES_MAX = 1024;

    private final PrivateKey own;
    private final SealingKey sealing;

    private OpeningKey(PrivateKey own, SealingKey sealing) {
        this.own = own;
        this.sealing = sealing;
    }

    /// One that is gone with the process.
    public static OpeningKey passing() {
        try {
            var pair = KeyPairGenerator.getInstance(SealingKey.CURVE).generateKeyPair();
            return new OpeningKey(pair.getPrivate(), SealingKey.of(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no " + SealingKey.CURVE, missing);
        }
    }

    /// The key that is kept in the file, or a new one that is kept there from now on.
    ///
    /// @param file for this user only; best on a file system that is no disk, since whoever has it
    ///   can open all that was ever sealed for it
    /// @throws UncheckedIOException if it can neither be read nor be made
    public static OpeningKey kept(Path file) {
        try {
            return read(file);
        } catch (NoSuchFileException _) {
            var made = passing();
            made.keep(file);
            return made;
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read the key " + file, failure);
        }
    }

    private static OpeningKey read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.US_ASCII);
            var lines = text.lines().toList();
            if (lines.size() != 2) throw new IOException(file + " holds no key; delete it");
            var base64 = Base64.getDecoder();
            var own = new PKCS8EncodedKeySpec(base64.decode(lines.get(0)));
            return new OpeningKey(
                    KeyFactory.getInstance(SealingKey.CURVE).generatePrivate(own),
                    SealingKey.of(base64.decode(lines.get(1))));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new IOException(file + " holds no key; delete it", broken);
        }
    }

    private void keep(Path file) {
        var base64 = Base64.getEncoder();
        var text =
                base64.encodeToString(own.getEncoded())
                        + "\n"
                        + base64.encodeToString(sealing.encoded())
                        + "\n";
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, ownerOnly);
            Files.writeString(fresh, text, StandardCharsets.US_ASCII);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't keep the key " + file, failure);
        }
    }

    /// By which others seal.
    public SealingKey sealing() {
        return sealing;
    }

    /// Whether it is in the form in which secrets are sealed, for whomever.
    public static boolean isSealed(byte[] text) {
        var mark = SealingKey.MARK.getBytes(StandardCharsets.US_ASCII);
        return text.length >= mark.length
                && Arrays.equals(text, 0, mark.length, mark, 0, mark.length);
    }

    /// Empty if it was sealed for somebody else, or changed since.
    public Optional<byte[]> open(byte[] text) {
        if (!isSealed(text)) return Optional.empty();
        var parts =
                new String(text, StandardCharsets.US_ASCII)
                        .substring(SealingKey.MARK.length())
                        .split("\\.", 3);
        if (parts.length != 2) return Optional.empty();
        try {
            var once = Base64.getUrlDecoder().decode(parts[0]);
            var other = SealingKey.publicKey(once);
            var shared = SealingKey.shared(own, other, once, sealing.encoded());
            var cipher = SealingKey.cipher(Cipher.DECRYPT_MODE, shared);
            return Optional.of(cipher.doFinal(Base64.getUrlDecoder().decode(parts[1])));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
