using System.Buffers.Binary;
using System.Text;

namespace Benchmarks.Torch.Loading;

/// <summary>The symbol versions that a shared library of the ELF format needs from others.</summary>
/// <remarks>
/// The structures are Elf64_Shdr, Elf64_Verneed and Elf64_Vernaux of the Linux Standard Base, "Symbol Versioning".
/// </remarks>
internal static class ElfVersionNeeds
{
    private const uint VersionNeedSection = 0x6FFFFFFE;
    private const ushort WeakFlag = 2;

    /// <summary>
    /// Marks each need of <paramref name="version"/> as weak, which the loader then tolerates where it is missing. Safe
    /// only where the symbols behind it can be spared: TorchSharp needs its version for an empty initialiser.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not a little-endian 64-bit ELF file, or lack the need.</exception>
    public static void Weaken(Span<byte> library, string version)
    {
        if (library.Length < 64 || !library[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("expected a little-endian 64-bit ELF file");
        }

        uint wanted = Hash(version);
        int sections = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(library[0x28..]));
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(library[0x3A..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(library[0x3C..]);
        bool found = false;
        for (int i = 0; i < count; i++)
        {
            Span<byte> section = library.Slice(sections + (i * entrySize), entrySize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) == VersionNeedSection)
            {
                found |= WeakenSection(library, checked((int)BinaryPrimitives.ReadUInt64LittleEndian(section[24..])), wanted);
            }
        }

        if (!found)
        {
            throw new InvalidDataException($"expected a need of {version}, but the library has none");
        }
    }

    private static bool WeakenSection(Span<byte> library, int need, uint wanted)
    {
        bool found = false;
        while (true)
        {
            int entries = BinaryPrimitives.ReadUInt16LittleEndian(library[(need + 2)..]);
            int entry = need + (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(need + 8)..]);
            for (int i = 0; i < entries; i++)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(library[entry..]) == wanted)
                {
                    Span<byte> flags = library.Slice(entry + 4, 2);
                    BinaryPrimitives.WriteUInt16LittleEndian(
                        flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
                    found = true;
                }

                entry += (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(entry + 12)..]);
            }

            int next = (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(need + 12)..]);
            if (next == 0)
            {
                return found;
            }

            need += next;
        }
    }

    /// <summary>The hash of the System V ABI, chapter 5.</summary>
    private static uint Hash(string name)
    {
        uint hash = 0;
        foreach (byte character in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash << 4) + character;
            uint high = hash & 0xF0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
