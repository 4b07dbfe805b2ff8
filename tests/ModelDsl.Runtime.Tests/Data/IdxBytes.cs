using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelDsl.Runtime.Tests.Data;

/// <summary>Makes the bytes of IDX files.</summary>
internal static class IdxBytes
{
    public static byte[] Create(IdxElementType type, int[] dimensions, params byte[] elements)
    {
        byte[] header = new byte[4 + (4 * dimensions.Length)];
        header[2] = (byte)type;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        return [.. header, .. elements];
    }

    public static byte[] Compress(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
