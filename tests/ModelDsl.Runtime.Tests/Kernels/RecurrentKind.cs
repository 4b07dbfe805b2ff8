namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>The recurrent kernels.</summary>
internal enum RecurrentKind
{
    SimpleRnn,
    Gru,
    Lstm,
}
