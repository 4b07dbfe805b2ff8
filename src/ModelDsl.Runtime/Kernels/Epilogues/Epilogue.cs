using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>Builds the epilogue of a kernel from its stages, in the order in which they are done.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Epilogue
{
    /// <summary>The epilogue that leaves the values as they are.</summary>
    public static NoEpilogue None => default;

    /// <summary>One stage.</summary>
    public static TFirst Of<TFirst>(TFirst first)
        where TFirst : struct, IEpilogue => first;

    /// <summary>Two stages, one after the other.</summary>
    public static Chain<TFirst, TSecond> Of<TFirst, TSecond>(TFirst first, TSecond second)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue =>
        new(first, second);

    /// <summary>Three stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, TThird>>
        Of<TFirst, TSecond, TThird>(TFirst first, TSecond second, TThird third)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue =>
        new(first, Of(second, third));

    /// <summary>Four stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, Chain<TThird, TFourth>>>
        Of<TFirst, TSecond, TThird, TFourth>(TFirst first, TSecond second, TThird third, TFourth fourth)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue
        where TFourth : struct, IEpilogue =>
        new(first, Of(second, third, fourth));

    /// <summary>Five stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, Chain<TThird, Chain<TFourth, TFifth>>>>
        Of<TFirst, TSecond, TThird, TFourth, TFifth>(
            TFirst first, TSecond second, TThird third, TFourth fourth, TFifth fifth)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue
        where TFourth : struct, IEpilogue
        where TFifth : struct, IEpilogue =>
        new(first, Of(second, third, fourth, fifth));

    /// <summary>Six stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, Chain<TThird, Chain<TFourth, Chain<TFifth, TSixth>>>>>
        Of<TFirst, TSecond, TThird, TFourth, TFifth, TSixth>(
            TFirst first, TSecond second, TThird third, TFourth fourth, TFifth fifth, TSixth sixth)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue
        where TFourth : struct, IEpilogue
        where TFifth : struct, IEpilogue
        where TSixth : struct, IEpilogue =>
        new(first, Of(second, third, fourth, fifth, sixth));
}
