using System.Buffers.Binary;
using System.Text;

namespace ModelDsl.Analyzers.Tests.Weights;

/// <summary>A safetensors file in a folder of its own, which goes with it.</summary>
internal sealed class WeightsFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weights");

    /// <summary>A file with a header, and with as much data as it asks for.</summary>
    public WeightsFile(string header, int dataLength = 0, string name = "net.safetensors")
        : this(Bytes(header, dataLength), name)
    {
    }

    /// <summary>A file with any content.</summary>
    public WeightsFile(byte[] content, string name = "net.safetensors")
    {
        Path = System.IO.Path.Combine(_directory.FullName, name);
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    /// <summary>A project that has the file among its AdditionalFiles.</summary>
    public Situation Situation => new() { AdditionalFiles = [new NamedFile(Path)] };

    public static byte[] Bytes(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        return bytes;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private sealed class NamedFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The file is binary: it is not to be read as text.");
    }
}
