using System.Runtime.InteropServices;

namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// Floats between two inaccessible pages, so that a kernel which reads or writes one float beyond its operand ends the
/// test. Where the system has no mmap it is plain memory.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int NoAccess = 0;
    private const int ReadWrite = 1 | 2;
    private const int Private = 2;
    private static readonly int Anonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;

    private readonly byte* _start;
    private readonly nuint _size;
    private readonly nuint _page;
    private readonly bool _mapped;

    public GuardedMemory(int capacity)
    {
        _page = (nuint)Environment.SystemPageSize;
        nuint data = (((nuint)capacity * sizeof(float)) + _page - 1) / _page * _page;
        data = data == 0 ? _page : data;
        _size = data + (2 * _page);
        _mapped = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
        if (!_mapped)
        {
            _start = (byte*)NativeMemory.AlignedAlloc(_size, _page);
            return;
        }

        _start = (byte*)Map(null, _size, ReadWrite, Private | Anonymous, -1, 0);
        if ((nint)_start == -1)
        {
            throw new InvalidOperationException("mmap failed");
        }

        if (Protect(_start, _page, NoAccess) != 0 || Protect(_start + _page + data, _page, NoAccess) != 0)
        {
            throw new InvalidOperationException("mprotect failed");
        }
    }

    /// <summary>Floats that begin right after the first guard page, on a page's boundary.</summary>
    public FloatSpan AtStart(int length) => new((float*)(_start + _page), length);

    /// <summary>Floats that end right before the last guard page, aligned to four bytes only.</summary>
    public FloatSpan AtEnd(int length) => new((float*)(_start + _size - _page) - length, length);

    /// <summary>Floats at either end.</summary>
    public FloatSpan At(int length, bool end) => end ? AtEnd(length) : AtStart(length);

    public void Dispose()
    {
        if (_mapped)
        {
            _ = Unmap(_start, _size);
        }
        else
        {
            NativeMemory.AlignedFree(_start);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
