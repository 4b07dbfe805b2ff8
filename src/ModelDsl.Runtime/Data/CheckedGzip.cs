using System.IO.Compression;

namespace ModelDsl;

/// <summary>Unpacks gzip files so that every truncation shows.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a file that ends within its checksum for a complete one. So the file is followed by a
/// gzip member of our own: its content can only come out after the file's last checksum was complete and right.
/// </remarks>
internal static class CheckedGzip
{
    private static readonly byte[] Mark = "ModelDsl"u8.ToArray();
    private static readonly byte[] MarkMember = Compress(Mark);

    /// <summary>The content of a gzip file, followed by what <see cref="ReadEnd"/> looks for.</summary>
    public static GZipStream Open(Stream file) => new(new FollowedStream(file, MarkMember), CompressionMode.Decompress);

    /// <summary>Whether the content ends here. All of it was proven by its checksums then.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static bool ReadEnd(Stream content)
    {
        Span<byte> rest = stackalloc byte[Mark.Length + 1];
        int read = content.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
        if (read < Mark.Length)
        {
            throw new InvalidDataException("the file ends within its checksum, or is followed by something else");
        }

        return rest[..read].SequenceEqual(Mark);
    }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>One stream, then some bytes more.</summary>
    private sealed class FollowedStream(Stream first, byte[] then) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int read = _position == 0 ? first.Read(buffer) : 0;
            if (read == 0)
            {
                read = Math.Min(buffer.Length, then.Length - _position);
                then.AsSpan(_position, read).CopyTo(buffer);
                _position += read;
            }

            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
