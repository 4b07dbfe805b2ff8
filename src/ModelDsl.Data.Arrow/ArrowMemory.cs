using System.Buffers;
using Apache.Arrow.Memory;

namespace ModelDsl.Data;

/// <summary>
/// Memory for the batches of a file. It is the runtime's own, so that no damage to a file leads outside of it, and
/// limited for each batch: a few compressed bytes may claim to be any number.
/// </summary>
internal sealed class ArrowMemory : MemoryAllocator
{
    // A column of one value all over shrinks to almost nothing, at most to a few tens of bytes for a batch.
    private const long LeastLimit = 256L << 20;
    private const long MostExpansion = 1024;

    private readonly long _limit;
    private long _left;

    /// <summary>Memory for a file of some length.</summary>
    public ArrowMemory(long fileLength)
    {
        _limit = Math.Max(LeastLimit, fileLength * MostExpansion);
        _left = _limit;
    }

    /// <summary>Begins a batch.</summary>
    public void Renew() => _left = _limit;

    /// <inheritdoc />
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        _left -= length;
        if (_left < 0)
        {
            throw new InvalidDataException($"a batch takes more than {_limit} bytes when it is expanded");
        }

        bytesAllocated = length;
        return new Block(new byte[length]);
    }

    private sealed class Block(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
            // The garbage collector frees it.
        }
    }
}
