using System.Buffers.Binary;

namespace ModelDsl.Data;

/// <summary>
/// Reads a FlatBuffers message that may be damaged. A table is given by its place, and 0 is none; a slot is what the
/// table's list of fields has for a member, 4 for the first and 2 more for each next.
/// </summary>
/// <remarks>A place outside of the message throws.</remarks>
internal sealed class FlatBuffer(byte[] bytes)
{
    /// <summary>How many bytes the message has.</summary>
    public int Length => bytes.Length;

    /// <summary>The place of the outermost table.</summary>
    public int Root => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    /// <summary>A byte of a table, 0 by default.</summary>
    public byte ReadByte(int table, int slot) => PlaceOf(table, slot) is > 0 and int place ? bytes[place] : (byte)0;

    /// <summary>16 bits of a table, 0 by default.</summary>
    public short ReadInt16(int table, int slot) => PlaceOf(table, slot) is > 0 and int place ? Int16(place) : (short)0;

    /// <summary>64 bits of a table, 0 by default.</summary>
    public long ReadInt64(int table, int slot) => PlaceOf(table, slot) is > 0 and int place ? Int64(place) : 0;

    /// <summary>A table within a table.</summary>
    public int ReadTable(int table, int slot) => PlaceOf(table, slot) is > 0 and int place ? TableAt(place) : 0;

    /// <summary>The table that an element of a vector of tables refers to.</summary>
    public int TableAt(int place) => CheckPlace(place + Int32(place));

    /// <summary>64 bits at a place.</summary>
    public long Int64(int place) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(place));

    /// <summary>A vector of a table: the place of its first element, and how many there are. None by default.</summary>
    /// <param name="table">The table.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="elementSize">The bytes of an element, which all lie within the message.</param>
    public (int Place, int Count) ReadVector(int table, int slot, int elementSize)
    {
        int place = ReadTable(table, slot);
        if (place == 0)
        {
            return (0, 0);
        }

        int count = Int32(place);
        return count >= 0 && count <= (bytes.Length - place - sizeof(int)) / elementSize
            ? (place + sizeof(int), count)
            : throw new InvalidDataException($"a list of {count} elements does not fit into {bytes.Length} bytes");
    }

    private int PlaceOf(int table, int slot)
    {
        int fields = table - Int32(table);
        int offset = slot < Int16(fields) ? Int16(fields + slot) : 0;
        return offset == 0 ? 0 : CheckPlace(table + offset);
    }

    // What refers to the very beginning is not to be taken for none.
    private static int CheckPlace(int place) =>
        place > 0 ? place : throw new InvalidDataException($"a part of a message lies at {place}");

    private short Int16(int place) => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(place));

    private int Int32(int place) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(place));
}
