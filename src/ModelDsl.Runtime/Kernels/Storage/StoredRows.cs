namespace ModelDsl.Kernels;

/// <summary>The rows of a matrix, in whatever format they are stored, as floats.</summary>
internal unsafe interface IStoredRows
{
    /// <summary>The first row.</summary>
    /// <param name="room">Room for a row, where it has to be expanded.</param>
    float* First(float* room);

    /// <summary>Some rows, one after the other, valid until the thread asks for the same part again.</summary>
    /// <param name="row">The first of them.</param>
    /// <param name="count">Their number.</param>
    /// <param name="part">Which of several matrices this is of whose rows the caller works on at once.</param>
    /// <param name="parts">How many these are.</param>
    float* Rows(int row, int count, int part, int parts);
}

/// <summary>Rows of floats, which are where they are.</summary>
internal readonly unsafe struct WholeRows(float* matrix, int columns) : IStoredRows
{
    private readonly float* _matrix = matrix;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* First(float* room) => _matrix;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Rows(int row, int count, int part, int parts) => _matrix + ((nint)row * columns);
}

/// <summary>
/// Rows of 16 bits, which are expanded into the thread's memory: few enough of them to stay in the cache.
/// </summary>
/// <typeparam name="TFormat">The format of 16 bits.</typeparam>
internal readonly unsafe struct NarrowRows<TFormat>(ushort* matrix, int columns) : IStoredRows
    where TFormat : struct, INarrowFormat
{
    private readonly ushort* _matrix = matrix;

    public float* First(float* room)
    {
        NarrowLoops<TFormat>.ExpandHere(_matrix, room, columns);
        return room;
    }

    public float* Rows(int row, int count, int part, int parts)
    {
        long length = (long)count * columns;
        float* room = Scratch.Get(length * parts) + (length * part);
        NarrowLoops<TFormat>.ExpandHere(_matrix + ((nint)row * columns), room, (int)length);
        return room;
    }
}
