namespace ModelDsl.Kernels;

/// <summary>The shape of a register tile as a type, so that it is a constant to the JIT.</summary>
internal interface ITileShape
{
    /// <summary>The number of rows, from 1 to 14.</summary>
    static abstract int Rows { get; }

    /// <summary>The number of vectors in a row, 1 or 2.</summary>
    static abstract int Vectors { get; }

    /// <summary>Whether the kernel copies its second operand while it reads it.</summary>
    static abstract bool Packs { get; }
}
