using System.Buffers.Binary;
using System.Text;

namespace ModelDsl.Runtime.Tests.Serialization;

/// <summary>Makes the bytes of safetensors files, right or wrong.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Create(string header, params byte[] data) => Create(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Create(byte[] header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }
}
